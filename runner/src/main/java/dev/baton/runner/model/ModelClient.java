package dev.baton.runner.model;

import akka.NotUsed;
import akka.stream.javadsl.Source;

/** Calls models. */
public interface ModelClient {

    /**
     * One call, made when the stream is run.
     *
     * <p>The stream completes only after a {@link ModelEvent.Finished}; whatever else ends it is a {@link
     * ModelException}, an unknown model and a cut-off answer included. Cancelling it closes the connection to the
     * provider.
     */
    Source<ModelEvent, NotUsed> call(ModelRequest request);
}
