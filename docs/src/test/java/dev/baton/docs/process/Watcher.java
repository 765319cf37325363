package dev.baton.docs.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of one chat that reads along on a thread of its own. */
final class Watcher {
    private static final long LIMIT_SECONDS = 60;

    private final CompletableFuture<Void> watching = new CompletableFuture<>();
    private final CompletableFuture<Void> streaming = new CompletableFuture<>();
    private final CompletableFuture<List<JsonNode>> seen = new CompletableFuture<>();

    private Watcher() {}

    /** Watches {@code chat} through {@code api} from now on, up to the event that passes {@code last}. */
    static Watcher of(ChatApi api, String chat, Predicate<JsonNode> last) {
        var watcher = new Watcher();
        var thread = new Thread(() -> watcher.read(api, chat, last), "watcher-" + chat);
        thread.setDaemon(true);
        thread.start();
        watcher.watching.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        return watcher;
    }

    private void read(ChatApi api, String chat, Predicate<JsonNode> last) {
        try (ChatApi.Stream stream = api.stream(chat, null)) {
            stream.until(event -> event.path("type").asText().equals("status"));
            watching.complete(null);
            seen.complete(stream.until(event -> {
                if (event.path("type").asText().equals("message_part")) {
                    streaming.complete(null);
                }
                return last.test(event);
            }));
        } catch (RuntimeException | AssertionError failure) {
            watching.completeExceptionally(failure);
            streaming.completeExceptionally(failure);
            seen.completeExceptionally(failure);
        }
    }

    /** Returns when the first part of an answer has come. */
    void awaitPart() {
        streaming.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** All events after the first status. */
    List<JsonNode> seen() {
        return seen.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
}
