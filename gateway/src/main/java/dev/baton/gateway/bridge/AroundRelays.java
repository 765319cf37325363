package dev.baton.gateway.bridge;

import akka.Done;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stands around each single call of a provider that is made for a request which is passed on. */
public interface AroundRelays {
    AroundRelays NOTHING = (target, request) -> CompletableFuture.completedFuture(new Account() {});

    /**
     * The call of {@code target} may be made when this is done. It fails with a {@link ModelException} that names no provider
     * when it may not; then no other target is tried.
     */
    CompletionStage<Account> begin(ModelTarget target, RelayRequest request);

    /** Hears how the call fares. It is told one end at least; the first one counts. Safe from any thread. */
    interface Account {
        /** All that the call has used so far. */
        default void used(Usage soFar) {}

        /** The answer is whole; it is passed on when that is on record. */
        default CompletionStage<Done> ended(Usage all) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }

        default void failed(ModelException failure) {}

        /** Nobody waited for the answer any more. */
        default void cancelled() {}
    }
}
