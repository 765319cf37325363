package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Lists moves, on threads that may block. */
public final class MoveReads {
    private final JdbcMoveTable table;
    private final Executor executor;

    public MoveReads(JdbcMoveTable table, Executor executor) {
        this.table = table;
        this.executor = executor;
    }

    /** Moves, the newest first, behind {@code cursor} and of {@code chat} where these are given. */
    public CompletionStage<MovePage> page(Optional<ChatId> chat, Optional<String> cursor, int count) {
        try {
            return CompletableFuture.supplyAsync(() -> table.page(chat, cursor, count), executor);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }
}
