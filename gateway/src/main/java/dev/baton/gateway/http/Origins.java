package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which web pages may open streams. A browser sends a page's WebSocket anywhere, with all that it knows of its user;
 * unlike for other requests nobody but the server asks where the page is from. Who is no page names no origin.
 */
final class Origins {
    private static final Map<String, String> PORTS = Map.of("http", ":80", "https", ":443");
    private static final String AUTHORITY = "://";

    private final Set<String> allowed;

    /** {@code allowed}: besides the server's own. */
    Origins(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    void require(HttpRequest request) {
        Optional<String> origin = request.getHeader("Origin").map(HttpHeader::value);
        if (origin.isPresent() && !allowed.contains(origin.get()) && !isOwn(origin.get(), request)) {
            throw new ChatException(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "a page of %s may not open streams here; baton.api.allowed-origins names those that may"
                            .formatted(origin.get()));
        }
    }

    private static boolean isOwn(String origin, HttpRequest request) {
        int end = origin.indexOf(AUTHORITY);
        if (end < 0) {
            return false;
        }
        String port = PORTS.getOrDefault(origin.substring(0, end), "");
        String from = withoutPort(origin.substring(end + AUTHORITY.length()), port);
        return request.getHeader("Host")
                .map(host -> withoutPort(host.value(), port).equals(from))
                .orElse(false);
    }

    private static String withoutPort(String authority, String port) {
        String lower = authority.toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
