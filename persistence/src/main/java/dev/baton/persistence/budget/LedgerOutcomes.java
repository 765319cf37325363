package dev.baton.persistence.budget;

import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.CallRow;
import dev.baton.persistence.ledger.LedgerReads;
import dev.baton.persistence.ledger.Outcome;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Asks the ledger, on threads that may block. */
record LedgerOutcomes(LedgerReads ledger, Executor executor, Clock clock) implements CallOutcomes {

    @Override
    public CompletionStage<Map<UUID, Amount>> ended(Set<UUID> calls) {
        return ask(() -> {
            List<CallRow> rows = ledger.calls(calls.stream().map(CallId::new).toList());
            Map<UUID, Amount> ended = new HashMap<>();
            calls.forEach(call -> ended.put(call, Amount.NOTHING));
            for (CallRow row : rows) {
                if (row.outcome() == Outcome.RUNNING) {
                    ended.remove(row.id().value());
                } else {
                    ended.put(row.id().value(), amount(row.cost(), row.usage()));
                }
            }
            return ended;
        });
    }

    @Override
    public CompletionStage<Optional<Amount>> spent(Budget budget) {
        return ask(() -> ledger.ended(budget.owners(), budget.window().start(clock.instant())).stream()
                .map(sum -> amount(sum.cost(), sum.usage()))
                .reduce(Amount::plus));
    }

    static Amount amount(BigDecimal cost, Usage usage) {
        return new Amount(cost, usage.inputTokens() + usage.outputTokens());
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, executor);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }
}
