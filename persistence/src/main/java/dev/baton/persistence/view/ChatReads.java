package dev.baton.persistence.view;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Asks {@link ChatRows} on threads that may block. */
public final class ChatReads {
    private final ChatRows rows;
    private final Executor executor;

    public ChatReads(ChatRows rows, Executor executor) {
        this.rows = rows;
        this.executor = executor;
    }

    /** As in {@code reads.ask(rows -> rows.get(chat))}. Too many at once fail with a {@link RejectedExecutionException}. */
    public <T> CompletionStage<T> ask(Function<ChatRows, T> question) {
        try {
            return CompletableFuture.supplyAsync(() -> question.apply(rows), executor);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }
}
