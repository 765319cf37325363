package dev.baton.runner.model;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import java.util.Set;

/** Calls models. */
public interface ModelClient {

    /**
     * One call, made when the stream is run.
     *
     * <p>The stream completes only after a {@link ModelEvent.Finished} or {@link ModelEvent.Forgotten}; whatever else
     * ends it is a {@link ModelException}, an unknown model and a cut-off answer included. Cancelling it closes the
     * connection to the provider.
     *
     * <p>A call that goes on from an earlier one yields only what comes after what was said.
     */
    Source<ModelEvent, NotUsed> call(ModelRequest request);

    /** The ways in which an answer of that model can be gone on with; asking again always is one. */
    Set<TakeoverMode> takeover(String model);

    /** Nobody wants the rest of the answer that is kept at {@code position}, told by a call of {@code model}. */
    default void abandon(String model, String position) {}
}
