package dev.baton.gateway.bridge.provider;

import akka.Done;
import akka.stream.javadsl.Source;
import dev.baton.runner.model.ModelEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One configured provider, speaking its dialect. */
public interface Provider {

    /**
     * A call, to be run once.
     *
     * <p>The stream keeps the contract of {@link dev.baton.runner.model.ModelClient}. Its materialized value completes,
     * or fails, when nothing that the call started is left, its connection included.
     */
    Source<ModelEvent, CompletionStage<Done>> call(ProviderCall call);

    /** Closes what is kept for further calls; completes when it is closed. Calls under way go on. Harmless again. */
    default CompletionStage<Done> close() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    /** Nobody wants the answer any more that the provider keeps at {@code position}. Ends within a limit of its own. */
    default CompletionStage<Done> abandon(Optional<ApiKey> key, String position) {
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    /** Where requests in its own dialect are passed on to; empty when there is nothing to pass on to. */
    default Optional<PassThrough> passThrough() {
        return Optional.empty();
    }
}
