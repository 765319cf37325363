package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Watches one chat whose words are the times when {@link FakeModel} sent them, and keeps how long each was under way. */
final class TokenReader implements Flow.Subscriber<String>, AutoCloseable {
    private static final String DATA = "data:";

    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    // Written by the one thread that reads the stream, read when the turn has ended.
    private final List<Duration> delays = new ArrayList<>();
    private CompletableFuture<Void> ended = new CompletableFuture<>();
    private long asked;
    private @Nullable Duration first;
    private volatile Flow.@Nullable Subscription lines;

    static TokenReader open(HttpClient http, URI node, String chat) {
        var reader = new TokenReader();
        HttpRequest request = HttpRequest.newBuilder(node.resolve("/api/v1/chats/" + chat + "/stream"))
                .header("Accept", "text/event-stream")
                .build();
        var unused = http.sendAsync(request, BodyHandlers.fromLineSubscriber(reader));
        return reader;
    }

    CompletableFuture<Void> opened() {
        return opened;
    }

    /** From now on a turn is timed. */
    synchronized void begin() {
        delays.clear();
        first = null;
        ended = new CompletableFuture<>();
        asked = System.nanoTime();
    }

    /** Completes when the turn that is timed has ended. */
    synchronized CompletableFuture<Void> ended() {
        return ended;
    }

    /** From the question to its first word. */
    synchronized Duration first() {
        return first == null ? Duration.ZERO : first;
    }

    /** From the provider to here, word by word, but for the first. */
    synchronized List<Duration> delays() {
        return List.copyOf(delays.subList(Math.min(1, delays.size()), delays.size()));
    }

    synchronized int tokens() {
        return delays.size();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        lines = subscription;
        subscription.request(Long.MAX_VALUE);
        opened.complete(null);
    }

    @Override
    public void onNext(String line) {
        if (!line.startsWith(DATA)) {
            return;
        }
        long now = System.nanoTime();
        try {
            event(Api.JSON.readTree(line.substring(DATA.length())), now);
        } catch (IOException notJson) {
            ended().completeExceptionally(notJson);
        }
    }

    private synchronized void event(JsonNode event, long now) {
        switch (event.path("type").asText()) {
            case "message_part" -> {
                if (first == null) {
                    first = Duration.ofNanos(now - asked);
                }
                String word = event.path("part").path("text").asText().strip();
                delays.add(Duration.ofNanos(now - Long.parseLong(word)));
            }
            case "status" -> {
                if (!delays.isEmpty() && event.path("status").asText().equals("waiting")) {
                    ended.complete(null);
                }
            }
            case "error" -> ended.completeExceptionally(new BenchFailure(event.toString()));
            default -> {}
        }
    }

    @Override
    public void onError(Throwable failure) {
        opened.completeExceptionally(failure);
        ended().completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        onError(new BenchFailure("a stream ended"));
    }

    @Override
    public void close() {
        Flow.Subscription subscription = lines;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
