package dev.baton.gateway.node.split;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has it decided who goes on, and sees to it that it happens. One on each node.
 *
 * <p>It asks the database one question at a time and again until there is an answer: nobody goes on without one, and a
 * database that is away ends nobody. Decisions are made only there, so an answer that comes late is as good as any.
 */
final class SplitWatch extends AbstractOnMessageBehavior<SplitWatch.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(SplitWatch.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** How long a node can have been declared down without knowing it, when no gossip reaches it. */
    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int MOST_ENDED = 1_000;

    /** What a split watch can be told. */
    sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(SplitWatch watch);
    }

    record Look() implements Command {
        @Override
        public Behavior<Command> deliverTo(SplitWatch watch) {
            return watch.look();
        }
    }

    /** The cluster has ended the membership of {@code node}, by whatever way. */
    record Ended(NodeId node) implements Command {
        @Override
        public Behavior<Command> deliverTo(SplitWatch watch) {
            return watch.on(this);
        }
    }

    /** {@code silent}: those of {@code asked} that are still to be downed. */
    record Decided(Set<NodeId> silent, Set<NodeId> asked, boolean goesOn) implements Command {
        @Override
        public Behavior<Command> deliverTo(SplitWatch watch) {
            return watch.on(this);
        }
    }

    record NotDecided(Throwable failure) implements Command {
        @Override
        public Behavior<Command> deliverTo(SplitWatch watch) {
            return watch.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final Sight sight;
    private final Verdicts verdicts;
    private final Silence silence;
    private final LongSupplier nanoTime;
    /** Down by another way than a decision, and not yet known to the database as such. */
    private final Set<NodeId> ended = new HashSet<>();

    private long asked;
    private boolean asking;
    private boolean failing;

    private SplitWatch(
            ActorContext<Command> context,
            Sight sight,
            Verdicts verdicts,
            SplitSettings settings,
            LongSupplier nanoTime) {
        super(context);
        this.context = context;
        this.sight = sight;
        this.verdicts = verdicts;
        this.silence = new Silence(settings);
        this.nanoTime = nanoTime;
        this.asked = nanoTime.getAsLong();
    }

    static Behavior<Command> create(Sight sight, Verdicts verdicts, SplitSettings settings, LongSupplier nanoTime) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Look(), LOOK);
            return new SplitWatch(context, sight, verdicts, settings, nanoTime);
        }));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    private Behavior<Command> look() {
        long now = nanoTime.getAsLong();
        Silence.View view = sight.view();
        Set<NodeId> silent = silence.due(view, now);
        boolean mayBeOver = sight.hasOthers() && now - asked >= ASK_NANOS;
        if (asking || (silent.isEmpty() && ended.isEmpty() && !mayBeOver)) {
            return this;
        }
        asking = true;
        asked = now;
        var question = new HashSet<NodeId>(silent);
        question.addAll(ended);
        context.pipeToSelf(
                verdicts.down(view.self(), question),
                (goesOn, failure) -> failure == null ? new Decided(silent, question, goesOn) : new NotDecided(failure));
        return this;
    }

    private Behavior<Command> on(Ended gone) {
        if (ended.size() < MOST_ENDED && !gone.node().equals(sight.view().self())) {
            ended.add(gone.node());
        }
        return this;
    }

    private Behavior<Command> on(Decided decided) {
        asking = false;
        failing = false;
        if (!decided.goesOn()) {
            return leave();
        }
        ended.removeAll(decided.asked());
        if (!decided.silent().isEmpty()) {
            LOG.warn("silent nodes are declared down: {}", decided.silent());
            sight.down(decided.silent());
        }
        return this;
    }

    private Behavior<Command> leave() {
        NodeId self = sight.view().self();
        LOG.warn("this node ({}) was declared down by others; it leaves", self);
        sight.down(Set.of(self));
        return Behaviors.stopped();
    }

    private Behavior<Command> on(NotDecided not) {
        asking = false;
        if (!failing) {
            LOG.warn(
                    "the database does not say which nodes go on; asking again until it does: {}",
                    not.failure().toString());
        }
        failing = true;
        return this;
    }
}
