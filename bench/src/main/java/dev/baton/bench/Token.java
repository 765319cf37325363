package dev.baton.bench;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What all clients of a benchmark present to its nodes. Without it a node would look up whose each connection is, which is
 * work that nobody has who uses tokens.
 */
final class Token {
    private static final String TEXT = "bench-" + UUID.randomUUID() + UUID.randomUUID();
    static final String HEADER = "Authorization";
    static final String VALUE = "Bearer " + TEXT;

    private Token() {}

    /** Has a node know it. */
    static List<String> flags() {
        return List.of("-Dbaton.auth.operator-token=" + TEXT);
    }

    static HttpRequest.Builder on(HttpRequest.Builder request) {
        return request.setHeader(HEADER, VALUE);
    }

    static Map<String, String> headers() {
        return Map.of(HEADER, VALUE);
    }
}
