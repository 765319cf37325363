package dev.baton.gateway.node;

import dev.baton.gateway.http.CallLedger;
import dev.baton.persistence.ledger.CallDetail;
import dev.baton.persistence.ledger.CallFilter;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.CallPage;
import dev.baton.persistence.ledger.Grouping;
import dev.baton.persistence.ledger.LedgerReads;
import dev.baton.persistence.ledger.UsageSum;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Puts the API's questions to the ledger, on threads that may block. */
record AskedLedger(LedgerReads reads, Executor executor) implements CallLedger {

    @Override
    public CompletionStage<CallPage> page(CallFilter filter, Optional<String> cursor, int count) {
        return ask(() -> reads.page(filter, cursor, count));
    }

    @Override
    public CompletionStage<Optional<CallDetail>> call(CallId id) {
        return ask(() -> reads.call(id));
    }

    @Override
    public CompletionStage<List<UsageSum>> usage(CallFilter filter, Grouping by) {
        return ask(() -> reads.usage(filter, by));
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, executor);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }
}
