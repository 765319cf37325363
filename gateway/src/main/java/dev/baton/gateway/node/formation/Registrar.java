package dev.baton.gateway.node.formation;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.Member;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.membership.NodeRow;
import dev.baton.persistence.membership.NodeTable;
import dev.baton.persistence.membership.Presence;
import dev.baton.runner.takeover.Members;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's row fresh: a write first, then the wait. Removes the rows of members that are gone, and says when nodes
 * of another cluster stand on the same database. One on each node.
 */
public final class Registrar extends AbstractOnMessageBehavior<Registrar.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    /** Every so many writes the registrar looks around as well. */
    private static final int LOOK_EVERY = 3;

    /** What a registrar can be told. */
    public sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(Registrar registrar);
    }

    /** Something about this node has changed; others should know it at once. */
    public record Say(UnaryOperator<Presence> change) implements Command {
        @Override
        public Behavior<Command> deliverTo(Registrar registrar) {
            return registrar.on(this);
        }
    }

    record RefreshDue() implements Command {
        @Override
        public Behavior<Command> deliverTo(Registrar registrar) {
            return registrar.refresh();
        }
    }

    record Refreshed(boolean isOurs, Optional<NodeTable.Nodes> nodes) implements Command {
        @Override
        public Behavior<Command> deliverTo(Registrar registrar) {
            return registrar.on(this);
        }
    }

    record RefreshFailed(Throwable cause) implements Command {
        @Override
        public Behavior<Command> deliverTo(Registrar registrar) {
            return registrar.on(this);
        }
    }

    record Gone(NodeId life) implements Command {
        @Override
        public Behavior<Command> deliverTo(Registrar registrar) {
            return registrar.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Registration registration;
    private final Executor executor;
    private final Duration interval;
    private final Cluster cluster;
    private final Strangers strangers = new Strangers();
    private int writes;
    private boolean isWriting;
    private boolean isChanged;
    private boolean isFailing;
    private boolean isReplaced;

    private Registrar(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Registration registration,
            Executor executor,
            Duration interval) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.registration = registration;
        this.executor = executor;
        this.interval = interval;
        this.cluster = Cluster.get(context.getSystem());
    }

    /** {@code executor} may block; a write on it ends within a limit of its own. */
    public static Behavior<Command> create(Registration registration, Executor executor, Duration interval) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var registrar = new Registrar(context, timers, registration, executor, interval);
            registrar
                    .cluster
                    .subscriptions()
                    .tell(Subscribe.create(
                            context.messageAdapter(
                                    MemberRemoved.class,
                                    removed -> new Gone(
                                            Members.nodeOf(removed.member().uniqueAddress()))),
                            MemberRemoved.class));
            return registrar.refresh();
        }));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    private Behavior<Command> on(Say say) {
        registration.say(say.change());
        if (isWriting) {
            isChanged = true;
            return this;
        }
        return refresh();
    }

    private Behavior<Command> refresh() {
        isWriting = true;
        isChanged = false;
        boolean look = ++writes % LOOK_EVERY == 0;
        context.pipeToSelf(
                ask(() -> new Refreshed(
                        registration.refresh(),
                        look ? Optional.of(registration.table().read()) : Optional.empty())),
                (refreshed, failure) -> failure == null ? refreshed : new RefreshFailed(failure));
        return this;
    }

    private Behavior<Command> on(Refreshed refreshed) {
        if (isFailing) {
            LOG.info("node {}: its row in the database is written again", registration.self());
        }
        isFailing = false;
        if (!refreshed.isOurs() && !isReplaced) {
            LOG.warn(
                    "node {}: another life at the same address has written itself into the database;"
                            + " each node needs an address of its own (BATON_CLUSTER_HOST, --cluster-port)",
                    registration.self());
        }
        isReplaced = !refreshed.isOurs();
        refreshed.nodes().ifPresent(this::lookAround);
        return written();
    }

    private Behavior<Command> on(RefreshFailed failed) {
        if (!isFailing) {
            LOG.warn(
                    "node {}: its row in the database cannot be written; trying again: {}",
                    registration.self(),
                    cause(failed.cause()).getMessage());
        }
        isFailing = true;
        return written();
    }

    private Behavior<Command> written() {
        isWriting = false;
        if (isChanged) {
            return refresh();
        }
        timers.startSingleTimer(new RefreshDue(), interval);
        return this;
    }

    private void lookAround(NodeTable.Nodes nodes) {
        Set<NodeId> members = new HashSet<>();
        for (Member member : cluster.state().getMembers()) {
            members.add(Members.nodeOf(member.uniqueAddress()));
        }
        if (!members.contains(registration.self())) {
            return;
        }
        for (NodeRow stranger : strangers.among(nodes, members)) {
            LOG.warn(
                    "node {} runs on this database and is in another cluster than this node, {}: chats stay whole, but"
                            + " both clusters run them. Stop the nodes of one and start them again; all nodes must reach"
                            + " each other at their addresses (BATON_CLUSTER_HOST)",
                    stranger.node(),
                    registration.self());
        }
    }

    /** What is not removed now is found dead by the next node that starts. */
    private Behavior<Command> on(Gone gone) {
        ask(() -> {
                    registration.table().remove(gone.life());
                    return gone;
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.debug("node {}: its row cannot be removed", gone.life(), failure);
                    }
                });
        return this;
    }

    private <T> CompletionStage<T> ask(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, executor);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }

    private static Throwable cause(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause == null ? failure : cause;
    }
}
