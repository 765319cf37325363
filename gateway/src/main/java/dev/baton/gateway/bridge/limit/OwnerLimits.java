package dev.baton.gateway.bridge.limit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks for room for the calls of owners. */
public interface OwnerLimits {
    /** Everybody may do everything. */
    OwnerLimits NONE = owner -> CompletableFuture.completedFuture(new Entered(() -> {}));

    /** Room for one call; it may take a moment, and is always answered. */
    CompletionStage<Room> enter(String owner);

    /** The answer. */
    sealed interface Room {}

    /** There is room until {@code leave} is run, which must be once. */
    record Entered(Runnable leave) implements Room {}

    /** There is none, and will not be before {@code retryAfter}. */
    record Full(Duration retryAfter) implements Room {}
}
