package dev.baton.gateway.bridge.meter;

import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.ledger.CallEnd;
import dev.baton.persistence.ledger.CallId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who may spend how much. */
public interface Spending {
    /** No budgets. */
    Spending FREE = new Spending() {
        @Override
        public CompletionStage<Optional<Failure>> reserve(CallId call, Opening opening) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public void settle(Opening opening, CallEnd end) {}
    };

    /** Sets aside what the call may cost at most; yields why not when no budget has so much left. */
    CompletionStage<Optional<Failure>> reserve(CallId call, Opening opening);

    /** The call, which was reserved, has ended, and its end is on disk. */
    void settle(Opening opening, CallEnd end);
}
