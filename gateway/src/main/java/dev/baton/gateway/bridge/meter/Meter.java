package dev.baton.gateway.bridge.meter;

import java.util.concurrent.CompletionStage;

/** Begins calls. */
public interface Meter {

    /**
     * The call may be made when this is done. It fails with a {@link dev.baton.runner.model.ModelException}, and then nothing
     * may be sent: the start could not be recorded, or a budget does not allow it. Whoever begins a call ends it, also when
     * it was given up before this was done.
     */
    CompletionStage<MeteredCall> begin(Opening opening);
}
