package dev.baton.gateway.node;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of the way down; {@code baton-node.conf} holds the limits of its phases.
 *
 * <p>Dependents stop before what they depend on: runners before the bridge, the bridge before the sockets, since its
 * sessions would count among them, and the database after everything else.
 */
final class ShutdownGraph {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownGraph.class);

    /** Akka's phases, in their order. */
    static final List<String> PHASES = List.of(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            CoordinatedShutdown.PhaseServiceUnbind(),
            CoordinatedShutdown.PhaseServiceRequestsDone(),
            CoordinatedShutdown.PhaseServiceStop(),
            CoordinatedShutdown.PhaseBeforeClusterShutdown(),
            CoordinatedShutdown.PhaseClusterShardingShutdownRegion(),
            CoordinatedShutdown.PhaseClusterLeave(),
            CoordinatedShutdown.PhaseClusterExiting(),
            CoordinatedShutdown.PhaseClusterExitingDone(),
            CoordinatedShutdown.PhaseClusterShutdown(),
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            CoordinatedShutdown.PhaseActorSystemTerminate());

    private ShutdownGraph() {}

    /** {@code unready}: tells everyone, at the very first moment, that this node takes nothing more. */
    record Steps(Runnable unready, Step runners, Step bridge, Step unbind, Step sockets, Step connections, Step rows) {}

    static void declare(ActorSystem<?> system, Steps steps, PhaseTimes times) {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        time(shutdown, times);
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "unready", () -> {
            steps.unready().run();
            return CompletableFuture.completedFuture(Done.getInstance());
        });
        add(system, CoordinatedShutdown.PhaseBeforeServiceUnbind(), steps.runners(), steps.bridge());
        add(system, CoordinatedShutdown.PhaseServiceUnbind(), steps.unbind());
        add(system, CoordinatedShutdown.PhaseServiceRequestsDone(), steps.sockets(), steps.connections());
        add(system, CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), steps.rows());
    }

    private static void add(ActorSystem<?> system, String phase, Step... steps) {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        Duration limit = Duration.ofNanos(shutdown.timeout(phase).toNanos());
        List<Step> sequence = List.of(steps);
        shutdown.addTask(
                phase,
                String.join("-then-", sequence.stream().map(Step::name).toList()),
                new StepSequence(system, limit, StepSequence.SLOW, sequence));
    }

    private static void time(CoordinatedShutdown shutdown, PhaseTimes times) {
        for (String phase : PHASES) {
            shutdown.addTask(phase, "time", () -> {
                times.begin(phase);
                if (phase.equals(PHASES.get(0))) {
                    LOG.debug("the way down begins: {}", shutdown.getShutdownReason());
                }
                return CompletableFuture.completedFuture(Done.getInstance());
            });
        }
    }
}
