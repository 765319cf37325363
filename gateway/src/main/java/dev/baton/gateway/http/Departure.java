package dev.baton.gateway.http;

import akka.Done;
import akka.http.javadsl.model.AttributeKey;
import akka.http.javadsl.model.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The going away of who sent one request. It shows as the end of what the client sends, which is read only while somebody
 * wants to know. So a client that closes its half and still reads has gone too; those that do so are no HTTP clients.
 */
public final class Departure {
    /** Requests carry theirs. */
    static final AttributeKey<Departure> KEY = AttributeKey.create("baton-departure", Departure.class);

    private final CompletableFuture<Done> gone = new CompletableFuture<>();
    private final Runnable watch;

    /** {@code watch}: begins to look out for it. */
    Departure(Runnable watch) {
        this.watch = watch;
    }

    /**
     * Completes when the sender of {@code request} goes away, be it long after it was answered, or never. To be asked for
     * once the request's body has been read; of a client that has sent its next request already it is not seen before
     * that one's turn.
     */
    public static CompletionStage<Done> of(HttpRequest request) {
        return request.getAttribute(KEY).map(Departure::watched).orElseGet(CompletableFuture::new);
    }

    private CompletionStage<Done> watched() {
        watch.run();
        return gone.minimalCompletionStage();
    }

    void happened() {
        gone.complete(Done.getInstance());
    }
}
