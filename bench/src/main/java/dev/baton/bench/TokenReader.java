package dev.baton.bench;

import dev.baton.client.BatonClient;
import dev.baton.client.ChatEvent;
import dev.baton.client.Following;
import dev.baton.client.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Watches one chat whose words are the times when {@link FakeModel} sent them, and keeps how long each was under way. */
final class TokenReader implements Listener {
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final List<Duration> delays = new ArrayList<>();
    private CompletableFuture<Void> ended = new CompletableFuture<>();
    private long asked;
    private Duration first = Duration.ZERO;

    /** Completes when the node has told where the chat is. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    /** Reads {@code chat} until what is returned is closed. */
    Following follow(BatonClient client, String chat) {
        return client.follow(chat, "", this);
    }

    /** From now on a turn is timed. */
    synchronized void begin() {
        delays.clear();
        ended = new CompletableFuture<>();
        asked = System.nanoTime();
    }

    /** Completes when the turn that is timed has ended. */
    synchronized CompletableFuture<Void> ended() {
        return ended;
    }

    /** From the question to its first word. */
    synchronized Duration first() {
        return first;
    }

    /** From the provider to here, word by word, but for the first. */
    synchronized List<Duration> delays() {
        return List.copyOf(delays.subList(Math.min(1, delays.size()), delays.size()));
    }

    synchronized int tokens() {
        return delays.size();
    }

    @Override
    public synchronized void event(ChatEvent event) {
        long now = System.nanoTime();
        switch (event.type()) {
            case "message_part" -> {
                if (delays.isEmpty()) {
                    first = Duration.ofNanos(now - asked);
                }
                String word = event.data().path("part").path("text").asText().strip();
                delays.add(Duration.ofNanos(now - Long.parseLong(word)));
            }
            case "status" -> {
                opened.complete(null);
                if (!delays.isEmpty() && event.data().path("status").asText().equals("waiting")) {
                    ended.complete(null);
                }
            }
            case "error" ->
                ended.completeExceptionally(new BenchFailure(event.data().toString()));
            default -> {}
        }
    }

    @Override
    public void ended(Optional<Throwable> failure) {
        var end = new BenchFailure(
                "a stream ended" + failure.map(cause -> ": " + cause).orElse(""));
        opened.completeExceptionally(end);
        ended().completeExceptionally(end);
    }
}
