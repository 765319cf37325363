package dev.baton.gateway.bridge;

import akka.Done;
import akka.stream.javadsl.Source;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelRequest;
import java.util.concurrent.CompletionStage;

/** One configured provider, speaking its dialect. */
interface Provider {

    /**
     * A call of {@code model}, to be run once.
     *
     * <p>The stream keeps the contract of {@link dev.baton.runner.model.ModelClient}. Its materialized value completes,
     * or fails, when nothing that the call started is left, its connection included.
     */
    Source<ModelEvent, CompletionStage<Done>> call(String model, ModelRequest request);
}
