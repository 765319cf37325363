package dev.baton.gateway.node;

import akka.Done;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A piece of the way down. {@code end}: idempotent, and completes when nothing of it is alive; {@code waitsFor}: in words
 * for people, what that is held up by right now.
 */
record Step(String name, Supplier<CompletionStage<Done>> end, Supplier<CompletionStage<String>> waitsFor) {

    /** A step that can say at once what it waits for. */
    static Step of(String name, Supplier<CompletionStage<Done>> end, Supplier<String> waitsFor) {
        return new Step(name, end, () -> CompletableFuture.completedFuture(waitsFor.get()));
    }
}
