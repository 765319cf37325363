package dev.baton.gateway.node.split;

import akka.actor.ActorSystem;
import akka.actor.Props;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent.MemberDowned;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.DowningProvider;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Subscribe;
import dev.baton.persistence.downed.DownedNodes;
import dev.baton.persistence.schema.Database;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/** Akka makes it by its name in {@code baton-node.conf}, once for a node. */
public final class SplitDowning extends DowningProvider {
    private final ActorSystem system;

    public SplitDowning(ActorSystem system) {
        super();
        this.system = system;
    }

    @Override
    public FiniteDuration downRemovalMargin() {
        return Cluster.get(system).settings().DownRemovalMargin();
    }

    @Override
    public Option<Props> downingActorProps() {
        return Option.apply(Adapter.props(() -> watching(
                verdicts(Database.of(system)),
                SplitSettings.from(system.settings().config()))));
    }

    /** The decisions of {@code database}, made on its threads. */
    public static Verdicts verdicts(Database database) {
        var downed = new DownedNodes(database);
        return (by, nodes) -> {
            try {
                return CompletableFuture.supplyAsync(() -> downed.down(by, nodes), database.executor());
            } catch (RejectedExecutionException busy) {
                return CompletableFuture.failedFuture(busy);
            }
        };
    }

    private static Behavior<SplitWatch.Command> watching(Verdicts verdicts, SplitSettings settings) {
        return Behaviors.setup(context -> {
            akka.cluster.typed.Cluster.get(context.getSystem())
                    .subscriptions()
                    .tell(Subscribe.create(
                            context.messageAdapter(MemberEvent.class, SplitDowning::told), MemberEvent.class));
            return SplitWatch.create(new ClusterSight(context.getSystem()), verdicts, settings, System::nanoTime);
        });
    }

    private static SplitWatch.Command told(MemberEvent event) {
        boolean down = event instanceof MemberDowned
                || (event instanceof MemberRemoved removed && removed.previousStatus() == MemberStatus.down());
        return down ? new SplitWatch.Ended(ClusterSight.node(event.member())) : new SplitWatch.Look();
    }
}
