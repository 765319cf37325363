package dev.baton.gateway.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import dev.baton.gateway.stream.Sockets;
import dev.baton.runner.RunnerSupervisor;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;

/** Counts what this node carries, by asking those who know. */
public final class NodeCounts {
    /** Shorter than the limit of those who ask other nodes for it. */
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final ActorSystem<?> system;
    private final ActorRef<RunnerSupervisor.Command> supervisor;
    private final Sockets sockets;
    private final IntSupplier chats;

    /** {@code chats}: how many are in this node's memory. */
    public NodeCounts(
            ActorSystem<?> system, ActorRef<RunnerSupervisor.Command> supervisor, Sockets sockets, IntSupplier chats) {
        this.system = system;
        this.supervisor = supervisor;
        this.sockets = sockets;
        this.chats = chats;
    }

    /** Fails when somebody does not answer in time. */
    public CompletionStage<NodeReport.Counts> now() {
        return AskPattern.<RunnerSupervisor.Command, RunnerSupervisor.Counts>ask(
                        supervisor, RunnerSupervisor.Count::new, LIMIT, system.scheduler())
                .thenCombine(
                        sockets.count(LIMIT),
                        (runners, open) -> new NodeReport.Counts(
                                runners.running(), runners.waiting(), runners.max(), open, chats.getAsInt()));
    }
}
