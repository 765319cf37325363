package dev.baton.gateway.node;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.view.ChatSweep;
import dev.baton.runner.takeover.StaleChats;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Puts the sweeper's questions to the database, on threads that may block. */
record JdbcStaleChats(ChatSweep sweep, Executor executor) implements StaleChats {

    @Override
    public CompletionStage<List<Stale>> withWork(Optional<ChatId> after, Set<NodeId> live, int count) {
        return ask(() -> sweep.withWork(after, live, count).stream()
                .map(chat -> new Stale(chat.chat(), chat.epoch()))
                .toList());
    }

    @Override
    public CompletionStage<List<ChatId>> heldBy(NodeId node, Optional<ChatId> after, int count) {
        return ask(() -> sweep.heldBy(node, after, count));
    }

    @Override
    public CompletionStage<Tail> tail() {
        return ask(() -> new Tail(sweep.mark(), sweep.journalEnd()));
    }

    @Override
    public CompletionStage<List<ChatId>> lagging(long mark, long end, int count) {
        return ask(() -> sweep.lagging(mark, end, count));
    }

    @Override
    public CompletionStage<?> advanceMark(long ordering) {
        return ask(() -> {
            sweep.advanceMark(ordering);
            return ordering;
        });
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, executor);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }
}
