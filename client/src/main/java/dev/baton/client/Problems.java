package dev.baton.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** The refusals of the API in its own words. */
final class Problems {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BODY_LIMIT = 64 * 1024;

    private Problems() {}

    static BatonException of(Response refused, URI node, Duration limit) {
        int status = refused.head().status();
        try {
            JsonNode problem = JSON.readTree(refused.readAll(limit, BODY_LIMIT));
            String detail = problem.path("detail").asText(problem.path("title").asText(""));
            return new BatonException(
                    status,
                    problem.path("code").asText(""),
                    "%s answered %d: %s".formatted(node, status, detail.isEmpty() ? "no reason" : detail));
        } catch (IOException unreadable) {
            return new BatonException(status, "", "%s answered %d".formatted(node, status));
        }
    }
}
