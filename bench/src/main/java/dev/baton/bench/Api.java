package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Clients that ask one thing at a time and try once more, at another node, when the first does not answer. */
final class Api implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENTS = 12;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration BEFORE_RETRY = Duration.ofMillis(300);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger retried = new AtomicInteger();

    /** How often a second try was needed. */
    int retried() {
        return retried.get();
    }

    int requests() {
        return requests.get();
    }

    JsonNode get(Supplier<URI> nodes, String path) {
        return send(nodes, "GET", path, null);
    }

    JsonNode post(Supplier<URI> nodes, String path, JsonNode body) {
        return send(nodes, "POST", path, body.toString());
    }

    /** Does all of these, several at once, and returns their results in order. */
    <T> List<T> all(List<? extends Callable<T>> tasks) {
        try {
            var results = new ArrayList<T>();
            for (Future<T> result : clients.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException failure) {
            throw new BenchFailure("a client failed: " + failure.getCause(), failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", stop);
        }
    }

    private JsonNode send(Supplier<URI> nodes, String method, String path, @Nullable String body) {
        requests.incrementAndGet();
        try {
            Answer first = once(nodes.get(), method, path, body);
            if (first.isGood()) {
                return first.json();
            }
            retried.incrementAndGet();
            Pauses.pause(BEFORE_RETRY);
            Answer second = once(nodes.get(), method, path, body);
            if (second.isGood()) {
                return second.json();
            }
            throw new BenchFailure(
                    "%s %s failed twice: %s, then %s".formatted(method, path, first.text(), second.text()));
        } catch (IOException notJson) {
            throw new BenchFailure(method + " " + path + " was not answered in JSON", notJson);
        }
    }

    private record Answer(int status, String text) {
        boolean isGood() {
            return status >= 200 && status < 300;
        }

        JsonNode json() throws IOException {
            return text.isEmpty() ? JSON.nullNode() : JSON.readTree(text);
        }
    }

    private Answer once(URI node, String method, String path, @Nullable String body) {
        HttpRequest request = HttpRequest.newBuilder(node.resolve("/api/v1" + path))
                .timeout(ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException failure) {
            return new Answer(0, node + ": " + failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", stop);
        }
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
