package dev.baton.gateway.bridge;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelRequest;

/** Stands around each single call of a provider: it may do something before it is made, and hears all of it. */
public interface AroundCalls {
    AroundCalls NOTHING = (target, request, call) -> call;

    /**
     * {@code call}, made when it is run, is that of {@code target}; {@code request} is what is asked there, which is what was
     * said when another target had begun. A failure that names no provider ends the whole: no other target is tried.
     */
    Source<ModelEvent, NotUsed> around(ModelTarget target, ModelRequest request, Source<ModelEvent, NotUsed> call);
}
