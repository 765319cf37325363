package dev.baton.gateway.node;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.takeover.Members;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node's place in its cluster. */
final class Membership {

    private Membership() {}

    /** Joins the seeds, or a cluster of its own when there are none, and returns when the node is up. */
    static void join(ActorSystem<?> system, Duration limit) {
        var up = new CompletableFuture<Void>();
        var watcher = system.systemActorOf(
                Behaviors.<SelfUp>setup(context -> Behaviors.receiveMessage(self -> {
                    up.complete(null);
                    return Behaviors.stopped();
                })),
                "self-up",
                Props.empty());
        Cluster cluster = Cluster.get(system);
        cluster.subscriptions().tell(new Subscribe<>(watcher, SelfUp.class));
        if (system.settings().config().getStringList("akka.cluster.seed-nodes").isEmpty()) {
            cluster.manager().tell(new Join(cluster.selfMember().address()));
        }
        try {
            up.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException("the node did not become a member of its cluster within " + limit, late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while joining the cluster", stop);
        }
    }

    /** This life of this node. */
    static NodeId self(ActorSystem<?> system) {
        return Members.nodeOf(Cluster.get(system).selfMember().uniqueAddress());
    }
}
