package dev.baton.gateway.bridge.meter;

import akka.Done;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.ledger.CallEnd;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.CallRecord;
import dev.baton.persistence.ledger.CallStart;
import dev.baton.persistence.ledger.LedgerSettings;
import dev.baton.persistence.ledger.LedgerWriter;
import dev.baton.runner.model.ModelException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Meters calls into the ledger. The row comes first and the reservation second, so that whatever is reserved has a row that
 * somebody ends.
 */
public final class LedgerMeter implements Meter {
    private final LedgerWriter ledger;
    private final Spending spending;
    private final LedgerSettings settings;
    private final Supplier<CallId> ids;
    private final NodeId node;
    private final Clock clock;
    private final Consumer<CallEnd> heard;

    /** {@code heard}: is told of each end, and must neither block nor throw. */
    public LedgerMeter(
            LedgerWriter ledger,
            Spending spending,
            LedgerSettings settings,
            Supplier<CallId> ids,
            NodeId node,
            Clock clock,
            Consumer<CallEnd> heard) {
        this.ledger = ledger;
        this.spending = spending;
        this.settings = settings;
        this.ids = ids;
        this.node = node;
        this.clock = clock;
        this.heard = heard;
    }

    @Override
    public CompletionStage<MeteredCall> begin(Opening opening) {
        CallId id = ids.get();
        List<CallRecord> prompt = opening.prompt().map(CallRecord::prompt).stream()
                .map(record -> record.cutTo(settings.contentLength()))
                .toList();
        var call = new MeteredCall(
                id, opening.target(), clock, settings.contentLength(), ledger::used, end -> end(opening, end));
        return ledger.start(new CallStart(id, opening.asker(), opening.target(), node, clock.instant(), prompt))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(notRecorded(failure)))
                .thenCompose(done -> reserved(call, opening));
    }

    private CompletionStage<MeteredCall> reserved(MeteredCall call, Opening opening) {
        return spending.reserve(call.id(), opening)
                .exceptionally(failure -> Optional.of(notReserved(failure)))
                .thenCompose(refusal -> {
                    if (refusal.isEmpty()) {
                        return CompletableFuture.completedFuture(call);
                    }
                    var unused = call.failed(refusal.get());
                    return CompletableFuture.failedFuture(new ModelException(refusal.get(), null, null));
                });
    }

    /** A reservation is settled when the ledger has the end: until then a crash would leave it to the ledger to say. */
    private CompletionStage<Done> end(Opening opening, CallEnd end) {
        heard.accept(end);
        return ledger.end(end).thenApply(done -> {
            spending.settle(opening, end);
            return done;
        });
    }

    private static ModelException notRecorded(Throwable failure) {
        return new ModelException(
                new Failure(
                        "the call was not made, since its start cannot be recorded now",
                        null,
                        FailureKind.GENERIC,
                        null,
                        /* retryable= */ true,
                        null),
                null,
                failure);
    }

    private static Failure notReserved(Throwable failure) {
        return new Failure(
                "the call was not made, since its budget cannot be asked now",
                failure.getMessage(),
                FailureKind.GENERIC,
                null,
                /* retryable= */ true,
                null);
    }
}
