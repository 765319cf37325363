package dev.baton.docs.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A node's API as a program without any client library sees it. */
final class ChatApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI node;
    private final @Nullable String token;

    ChatApi(URI node) {
        this(node, null);
    }

    /** {@code token}: presented with every request. */
    ChatApi(URI node, @Nullable String token) {
        this.node = node;
        this.token = token;
    }

    /** An answer: the status and the body. */
    record Answer(int status, JsonNode body) {}

    /** The node has no stream to give. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int status;

        private Refused(int status, String body) {
            super("the stream answered " + status + ": " + body);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    JsonNode post(String path, String json) {
        return ok(send("POST", path, json));
    }

    JsonNode get(String path) {
        return ok(send("GET", path, null));
    }

    Answer send(String method, String path, @Nullable String json) {
        var body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        HttpRequest request = request("/api/v1" + path)
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            String text = response.body();
            return new Answer(response.statusCode(), text.isEmpty() ? JSON.nullNode() : JSON.readTree(text));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** Reads the chat's stream until an event passes {@code last}; returns all events, that one included. */
    List<JsonNode> streamUntil(String chat, @Nullable String after, Predicate<JsonNode> last) {
        try (Stream stream = stream(chat, after)) {
            return stream.until(last);
        }
    }

    /** Opens the chat's stream after the cursor {@code after}. */
    Stream stream(String chat, @Nullable String after) {
        var request = request("/api/v1/chats/" + chat + "/stream").header("Accept", "text/event-stream");
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new Refused(
                        response.statusCode(), new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            return new Stream(response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** An open stream of server-sent events. */
    static final class Stream implements AutoCloseable {
        private final BufferedReader lines;

        private Stream(InputStream bytes) {
            lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        }

        /** The events up to the first that passes {@code last}, that one included. */
        List<JsonNode> until(Predicate<JsonNode> last) {
            var events = new ArrayList<JsonNode>();
            for (Optional<JsonNode> event = next(); event.isPresent(); event = next()) {
                events.add(event.get());
                if (last.test(event.get())) {
                    return events;
                }
            }
            throw new AssertionError("the stream ended too early, after " + events);
        }

        /** The events until the server ends the stream. */
        List<JsonNode> rest() {
            var events = new ArrayList<JsonNode>();
            for (Optional<JsonNode> event = next(); event.isPresent(); event = next()) {
                events.add(event.get());
            }
            return events;
        }

        private Optional<JsonNode> next() {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:")) {
                        return Optional.of(JSON.readTree(line.substring("data:".length())));
                    }
                }
                return Optional.empty();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static JsonNode ok(Answer answer) {
        if (answer.status() >= 300) {
            throw new AssertionError("answered " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }
}
