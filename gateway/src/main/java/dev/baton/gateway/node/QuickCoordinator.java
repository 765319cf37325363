package dev.baton.gateway.node;

import akka.actor.ActorSelection;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.MemberJoined;
import akka.cluster.ClusterEvent.MemberUp;
import akka.cluster.ClusterEvent.MemberWeaklyUp;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import dev.baton.persistence.journal.Chat;
import java.time.Duration;

/**
 * Has Akka's shard coordinator begin as soon as it can when it comes to this node because the oldest one is gone.
 *
 * <p>A coordinator that finds shards in its state waits for half a second, fixed in Akka's code, before it answers anyone:
 * regions of nodes that ended may still be reported. Regions on nodes that the cluster has removed are taken out before
 * that wait, so Baton, whose coordinator moves only then, need not wait. What the coordinator tells itself after the wait
 * is told to it here, again and again for a moment, since nobody says when it has started. It takes it for what it is while
 * it waits, keeps it for later while it writes its state, and ignores it at any other time.
 */
final class QuickCoordinator {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    /** A little longer than a removal, the singleton's start and the reading of its state take together. */
    private static final int MOST_TICKS = 100;

    private static final String COORDINATOR =
            "/system/sharding/" + Chat.KEY.name() + "Coordinator/singleton/coordinator";

    /** What it can be told. */
    sealed interface Command {}

    record Changed(MemberEvent event) implements Command {}

    record Tick() implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final ActorSelection coordinator;
    private final Object waitIsOver = stateInitialized();
    private int ticks;

    private QuickCoordinator(
            ActorContext<Command> context, TimerScheduler<Command> timers, ActorSelection coordinator) {
        this.context = context;
        this.timers = timers;
        this.coordinator = coordinator;
    }

    static Behavior<Command> create() {
        return create(COORDINATOR);
    }

    /** {@code coordinator}: where on this node it stands when it does. */
    static Behavior<Command> create(String coordinator) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Cluster.get(context.getSystem())
                    .subscriptions()
                    .tell(Subscribe.create(context.messageAdapter(MemberEvent.class, Changed::new), MemberEvent.class));
            return new QuickCoordinator(
                            context,
                            timers,
                            Adapter.toClassic(context.getSystem()).actorSelection(coordinator))
                    .waiting();
        }));
    }

    private Behavior<Command> waiting() {
        return Behaviors.receive(Command.class)
                .onMessage(Changed.class, this::on)
                .onMessage(Tick.class, this::on)
                .build();
    }

    private Behavior<Command> on(Changed changed) {
        MemberEvent event = changed.event();
        boolean comes = event instanceof MemberJoined || event instanceof MemberWeaklyUp || event instanceof MemberUp;
        if (!comes) {
            ticks = 0;
            timers.startTimerWithFixedDelay(new Tick(), INTERVAL);
        }
        return Behaviors.same();
    }

    private Behavior<Command> on(Tick tick) {
        ticks++;
        if (ticks == MOST_TICKS) {
            timers.cancel(tick);
        }
        coordinator.tell(waitIsOver, Adapter.toClassic(context.getSelf()));
        return Behaviors.same();
    }

    /** By its name, since Java has no word for an object inside an object of Scala. */
    private static Object stateInitialized() {
        try {
            return Class.forName("akka.cluster.sharding.ShardCoordinator$Internal$StateInitialized$")
                    .getField("MODULE$")
                    .get(null);
        } catch (ReflectiveOperationException otherAkka) {
            throw new IllegalStateException("this is not the Akka that Baton was built for", otherAkka);
        }
    }
}
