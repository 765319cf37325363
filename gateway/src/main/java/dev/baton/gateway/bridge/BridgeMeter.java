package dev.baton.gateway.bridge;

import dev.baton.persistence.chat.FailureKind;
import java.time.Duration;

/** Hears how calls of providers fare. {@code target}: a model at a provider. Called from many threads; must not block. */
public interface BridgeMeter {
    BridgeMeter NONE = new BridgeMeter() {};

    /** A call is made. */
    default void called(ModelTarget target) {}

    /** The model was first heard, so long after the call. */
    default void begun(ModelTarget target, Duration after) {}

    default void failed(ModelTarget target, FailureKind kind) {}

    /** Another target, or the same one again, goes on where {@code from} failed. */
    default void failedOver(ModelTarget from, ModelTarget to) {}
}
