package dev.baton.gateway.auth;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the token in a request: in {@code Authorization: Bearer}, in {@code x-api-key}, or, since a browser's WebSocket sends
 * no header of the page's choice, among the sub-protocols it offers. Never in the address, which ends in logs and histories.
 */
public final class Presented {
    /** The sub-protocol that is agreed on. */
    public static final String PROTOCOL = "baton";

    /** Before the token, in the name of a second sub-protocol. */
    public static final String PROTOCOL_PREFIX = "baton.bearer.";

    private static final String BEARER = "bearer ";
    private static final int MAX_LENGTH = 8192;

    private Presented() {}

    /** Empty when there is none; what is no token in its place counts as one, which nobody will know. */
    static Optional<String> in(HttpRequest request) {
        return header(request, "Authorization")
                .map(Presented::bearer)
                .or(() -> header(request, "x-api-key"))
                .or(() -> header(request, "Sec-WebSocket-Protocol").flatMap(Presented::protocol))
                .map(String::strip)
                .map(token -> token.length() > MAX_LENGTH ? "" : token);
    }

    private static Optional<String> header(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value);
    }

    private static String bearer(String value) {
        return value.toLowerCase(Locale.ROOT).startsWith(BEARER) ? value.substring(BEARER.length()) : "";
    }

    private static Optional<String> protocol(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(offered -> offered.startsWith(PROTOCOL_PREFIX))
                .map(offered -> offered.substring(PROTOCOL_PREFIX.length()))
                .findFirst();
    }
}
