package dev.baton.persistence.view;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Writes the moves that a node commits, in groups: each write takes what came while the last one ran. It also takes out
 * those that are too old, on the one node whose turn that is.
 *
 * <p>Moves are for operators to look at, so what cannot be kept is let go: the oldest when too many wait, and all that
 * wait when the process dies.
 */
public final class MoveWriter extends AbstractOnMessageBehavior<MoveWriter.Command> {

    /** What a writer can be told. */
    public sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(MoveWriter writer);
    }

    /** A chat moved. */
    public record Add(RunnerMove move) implements Command {
        @Override
        public Behavior<Command> deliverTo(MoveWriter writer) {
            return writer.on(this);
        }
    }

    /** Write what waits once more, tell {@code replyTo} and stop, whether that was possible or not. */
    public record Close(ActorRef<Done> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(MoveWriter writer) {
            return writer.on(this);
        }
    }

    record Ended(boolean written) implements Command {
        @Override
        public Behavior<Command> deliverTo(MoveWriter writer) {
            return writer.on(this);
        }
    }

    record RetryDue() implements Command {
        @Override
        public Behavior<Command> deliverTo(MoveWriter writer) {
            return writer.next();
        }
    }

    record PurgeDue() implements Command {
        @Override
        public Behavior<Command> deliverTo(MoveWriter writer) {
            return writer.purge();
        }
    }

    record Purged(int count) implements Command {
        @Override
        public Behavior<Command> deliverTo(MoveWriter writer) {
            return writer.on(this);
        }
    }

    /** Who purges, and what it means by now. */
    public record Purge(BooleanSupplier isMyTurn, Supplier<Instant> now) {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final MoveTable table;
    private final Executor executor;
    private final ViewSettings view;
    private final MoveSettings settings;
    private final Purge purge;
    private final Deque<RunnerMove> pending = new ArrayDeque<>();
    private final List<ActorRef<Done>> closers = new ArrayList<>();
    private List<RunnerMove> underWay = List.of();
    private int failures;

    private MoveWriter(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            MoveTable table,
            Executor executor,
            ViewSettings view,
            MoveSettings settings,
            Purge purge) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.table = table;
        this.executor = executor;
        this.view = view;
        this.settings = settings;
        this.purge = purge;
        timers.startTimerWithFixedDelay(new PurgeDue(), settings.purgeInterval());
    }

    /** Writes to {@code table} on {@code executor}. */
    public static Behavior<Command> create(
            JdbcMoveTable table, Executor executor, ViewSettings view, MoveSettings settings, Purge purge) {
        return writing(table, executor, view, settings, purge);
    }

    static Behavior<Command> writing(
            MoveTable table, Executor executor, ViewSettings view, MoveSettings settings, Purge purge) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new MoveWriter(context, timers, table, executor, view, settings, purge)));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    private Behavior<Command> on(Add add) {
        pending.addLast(add.move());
        if (pending.size() > settings.pending()) {
            pending.removeFirst();
        }
        return isWaiting() ? this : next();
    }

    /** After a failure the timer begins the next write. */
    private boolean isWaiting() {
        return failures > 0 && closers.isEmpty();
    }

    private Behavior<Command> next() {
        if (!underWay.isEmpty()) {
            return this;
        }
        if (pending.isEmpty()) {
            return closers.isEmpty() ? this : closed();
        }
        var group = new ArrayList<RunnerMove>();
        while (group.size() < view.groupSize() && !pending.isEmpty()) {
            group.add(pending.removeFirst());
        }
        List<RunnerMove> moves = List.copyOf(group);
        underWay = moves;
        context.pipeToSelf(
                run(() -> {
                    table.write(moves);
                    return Done.getInstance();
                }),
                (done, failure) -> new Ended(failure == null));
        return this;
    }

    private Behavior<Command> on(Ended ended) {
        List<RunnerMove> group = underWay;
        underWay = List.of();
        if (ended.written()) {
            failures = 0;
            return next();
        }
        if (!closers.isEmpty()) {
            context.getLog().warn("{} moves could not be written", group.size() + pending.size());
            return closed();
        }
        if (failures == 0) {
            context.getLog().warn("moves cannot be written; trying until they can");
        }
        failures++;
        for (int i = group.size() - 1; i >= 0 && pending.size() < settings.pending(); i--) {
            pending.addFirst(group.get(i));
        }
        timers.startSingleTimer(new RetryDue(), delay());
        return this;
    }

    private Duration delay() {
        Duration delay = view.retryMin();
        for (int i = 1; i < failures && delay.compareTo(view.retryMax()) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(view.retryMax()) < 0 ? delay : view.retryMax();
    }

    private Behavior<Command> on(Close close) {
        closers.add(close.replyTo());
        return next();
    }

    private Behavior<Command> closed() {
        closers.forEach(closer -> closer.tell(Done.getInstance()));
        return Behaviors.stopped();
    }

    private Behavior<Command> purge() {
        if (purge.isMyTurn().getAsBoolean() && closers.isEmpty()) {
            Instant end = purge.now().get().minus(settings.keep());
            context.pipeToSelf(
                    run(() -> table.purge(end, settings.purgeBatch())),
                    (count, failure) -> new Purged(failure == null ? count : 0));
        }
        return this;
    }

    /** A full batch says that there is more. */
    private Behavior<Command> on(Purged purged) {
        return purged.count() < settings.purgeBatch() ? this : purge();
    }

    private <T> CompletionStage<T> run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, executor);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }
}
