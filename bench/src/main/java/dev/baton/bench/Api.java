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
    private static final int DRAWS = 10;
    private static final int TRIES = 2;
    private static final int PATIENT_TRIES = 6;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration BEFORE_RETRY = Duration.ofMillis(500);

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
        return send(nodes, "GET", path, null, TRIES);
    }

    JsonNode post(Supplier<URI> nodes, String path, JsonNode body) {
        return send(nodes, "POST", path, body.toString(), TRIES);
    }

    /** For what is prepared before anything is measured, on nodes that are still cold. */
    JsonNode postPatiently(Supplier<URI> nodes, String path, JsonNode body) {
        return send(nodes, "POST", path, body.toString(), PATIENT_TRIES);
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

    private JsonNode send(Supplier<URI> nodes, String method, String path, @Nullable String body, int tries) {
        requests.incrementAndGet();
        URI node = nodes.get();
        Answer answer = once(node, method, path, body);
        for (int tried = 1; tried < tries && !answer.isGood(); tried++) {
            retried.incrementAndGet();
            Pauses.pause(BEFORE_RETRY);
            node = another(nodes, node);
            answer = once(node, method, path, body);
        }
        if (!answer.isGood()) {
            throw new BenchFailure(
                    "%s %s failed %d times, at last with %s".formatted(method, path, tries, answer.text()));
        }
        try {
            return answer.json();
        } catch (IOException notJson) {
            throw new BenchFailure(method + " " + path + " was not answered in JSON", notJson);
        }
    }

    /** Other clients draw from the same turn, so the next may well be the one that has just failed. */
    private static URI another(Supplier<URI> nodes, URI failed) {
        URI node = nodes.get();
        for (int draw = 0; draw < DRAWS && node.equals(failed); draw++) {
            node = nodes.get();
        }
        return node;
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
        HttpRequest request = Token.on(HttpRequest.newBuilder(node.resolve("/api/v1" + path)))
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
