package dev.baton.gateway.node;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The order of the way down; {@code baton-node.conf} holds the limits of its phases.
 *
 * <p>Dependents stop before what they depend on: runners before the bridge, the bridge before the sockets, since its
 * sessions would count among them, and the database after everything else.
 */
final class ShutdownGraph {

    private ShutdownGraph() {}

    /** What ends, in the order in which it ends. Each is idempotent and completes when nothing of it is alive. */
    record Steps(
            Runnable unready,
            Supplier<CompletionStage<Done>> drainRunners,
            Supplier<CompletionStage<Done>> closeBridge,
            Supplier<CompletionStage<Done>> unbind,
            Supplier<CompletionStage<Done>> drainSockets,
            Supplier<CompletionStage<Done>> endConnections,
            Supplier<CompletionStage<Done>> closeRows) {}

    static void declare(CoordinatedShutdown shutdown, Steps steps) {
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "runners-then-bridge", () -> {
            steps.unready().run();
            return steps.drainRunners()
                    .get()
                    .thenCompose(done -> steps.closeBridge().get());
        });
        shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), "unbind", steps.unbind());
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceRequestsDone(),
                "sockets-then-connections",
                () -> steps.drainSockets()
                        .get()
                        .thenCompose(done -> steps.endConnections().get()));
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "close-rows", steps.closeRows());
    }
}
