package dev.baton.gateway.auth;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which web pages may open streams, and ask for anything without a token. A browser sends a page's WebSocket anywhere, with all that it knows of its user;
 * unlike for other requests nobody but the server asks where the page is from. Who is no page names no origin.
 */
public final class Origins {
    private static final Map<String, String> PORTS = Map.of("http", ":80", "https", ":443");
    private static final Set<String> ELSEWHERE = Set.of("cross-site", "same-site");
    private static final String AUTHORITY = "://";

    private final Set<String> allowed;

    /** {@code allowed}: besides the server's own. */
    public Origins(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /** Refuses requests of pages from elsewhere. */
    public void require(HttpRequest request) {
        Optional<String> origin = request.getHeader("Origin").map(HttpHeader::value);
        if (origin.isPresent() && !allowed.contains(origin.get()) && !isOwn(origin.get(), request)) {
            throw new ChatException(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "a page of %s may not ask for this; baton.api.allowed-origins names those that may open streams"
                            .formatted(origin.get()));
        }
    }

    /** Refuses what a page of another site had the browser ask for in ways that name no origin. */
    void requireNoOtherSite(HttpRequest request) {
        Optional<String> site = request.getHeader("Sec-Fetch-Site").map(HttpHeader::value);
        boolean isElsewhere = site.filter(ELSEWHERE::contains).isPresent();
        if (isElsewhere && request.getHeader("Origin").isEmpty()) {
            throw new ChatException(ErrorCode.ORIGIN_NOT_ALLOWED, "a page of another site may not ask for this");
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
