package dev.baton.persistence.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The budgets as they were read last; read again when somebody asks and they are older than the refresh time. */
final class BudgetBook {
    private final Supplier<CompletionStage<List<Budget>>> table;
    private final Duration refresh;
    private final Clock clock;
    private @Nullable CompletionStage<List<Budget>> read;
    private Instant readAt = Instant.MIN;

    BudgetBook(Supplier<CompletionStage<List<Budget>>> table, Duration refresh, Clock clock) {
        this.table = table;
        this.refresh = refresh;
        this.clock = clock;
    }

    /** Those that the calls of {@code owner} count in. */
    CompletionStage<List<Budget>> of(String owner) {
        return current()
                .thenApply(all ->
                        all.stream().filter(budget -> budget.holdsFor(owner)).toList());
    }

    synchronized void forget() {
        read = null;
    }

    private synchronized CompletionStage<List<Budget>> current() {
        Instant now = clock.instant();
        if (read == null || isFailed(read) || !now.isBefore(readAt.plus(refresh)) || now.isBefore(readAt)) {
            read = table.get();
            readAt = now;
        }
        return read;
    }

    private static boolean isFailed(CompletionStage<?> stage) {
        return stage instanceof CompletableFuture<?> future && future.isCompletedExceptionally();
    }
}
