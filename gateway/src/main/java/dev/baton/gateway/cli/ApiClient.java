package dev.baton.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node's HTTP API as seen by the command. */
final class ApiClient {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int UNAUTHENTICATED = 401;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final URI server;
    /** What was not tried yet when nobody said which token to present. */
    private final Deque<String> candidates;

    private @Nullable String token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

    ApiClient(URI server, @Nullable String token) {
        this(server, token, List.of());
    }

    private ApiClient(URI server, @Nullable String token, List<String> candidates) {
        this.server = server;
        this.token = token;
        this.candidates = new ArrayDeque<>(candidates);
    }

    /** Presents none of {@code tokens} until it is asked for one, then one after the other. */
    static ApiClient local(URI server, List<String> tokens) {
        return new ApiClient(server, null, tokens);
    }

    URI server() {
        return server;
    }

    JsonNode get(String path) {
        return json("GET", path, BodyPublishers.noBody());
    }

    JsonNode post(String path, ObjectNode body) {
        return json("POST", path, BodyPublishers.ofString(body.toString()));
    }

    JsonNode delete(String path) {
        return json("DELETE", path, BodyPublishers.noBody());
    }

    JsonNode post(String path) {
        return json("POST", path, BodyPublishers.noBody());
    }

    /** Opens an event stream; the caller closes it. {@code after}: the cursor to go on from. */
    InputStream stream(String path, @Nullable String after) throws IOException {
        HttpRequest.Builder request =
                request(path).header("Accept", "text/event-stream").GET();
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw refused(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private JsonNode json(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .timeout(ANSWER_LIMIT)
                .method(method, body);
        try {
            HttpResponse<String> response = send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw refused(response.statusCode(), response.body());
            }
            return response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body());
        } catch (IOException failure) {
            throw new CommandFailed("no answer from " + server + " (" + reason(failure) + "); is a node up?", failure);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve("/api/v1" + path));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        try {
            while (true) {
                String presented = token();
                if (presented != null) {
                    request.setHeader("Authorization", "Bearer " + presented);
                }
                HttpResponse<T> response = http.send(request.build(), handler);
                if (response.statusCode() != UNAUTHENTICATED || !hasAnother(presented)) {
                    return response;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted while waiting for " + server, stop);
        }
    }

    private synchronized @Nullable String token() {
        return token;
    }

    /** Another thread may have found the right one meanwhile. */
    private synchronized boolean hasAnother(@Nullable String tried) {
        if (!Objects.equals(token, tried)) {
            return true;
        }
        String next = candidates.poll();
        if (next != null) {
            token = next;
        }
        return next != null;
    }

    private static CommandFailed refused(int status, String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            return new CommandFailed("%s (%d %s)"
                    .formatted(
                            problem.path("detail").asText(problem.path("title").asText("refused")),
                            status,
                            problem.path("code").asText("unknown")));
        } catch (JsonProcessingException notAProblem) {
            return new CommandFailed("the server answered " + status, notAProblem);
        }
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
