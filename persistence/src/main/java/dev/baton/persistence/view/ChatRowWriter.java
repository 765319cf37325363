package dev.baton.persistence.view;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Writes the read side for all chats of one node, in groups: each write takes what came while the last one ran.
 *
 * <p>It has no thread and never blocks; the write runs on an executor. What waits is bounded by the number of chats,
 * since updates of one chat become one. When the database stays away so long that even this bound is reached, the oldest
 * chats are left to the repair from the journal.
 *
 * <pre>
 * Idle    -- Update --------------------------> Writing
 * Writing -- Written, more came --------------> Writing
 * Writing -- Written, nothing came -----------> Idle, or stopped after Close
 * Writing -- WriteFailed ---------------------> Waiting
 * Waiting -- RetryDue, Close -----------------> Writing
 * </pre>
 */
public final class ChatRowWriter {

    /** What a writer can be told. */
    public sealed interface Command {
        /** Calls this command's handler in {@code phase}; without one in every phase it does not compile. */
        Behavior<Command> deliverTo(Phase phase);
    }

    /** A chat was committed. Harmless when late or repeated: rows only become newer. */
    public record Update(ChatUpdate update) implements Command {
        @Override
        public Behavior<Command> deliverTo(Phase phase) {
            return phase.on(this);
        }
    }

    /** Tell {@code replyTo} when all that came before this is written, or was left to the repair. */
    public record Flush(ActorRef<Done> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(Phase phase) {
            return phase.on(this);
        }
    }

    /** Take nothing more, write what waits, tell {@code replyTo} and stop. Whoever asks sets the limit for waiting. */
    public record Close(ActorRef<Done> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(Phase phase) {
            return phase.on(this);
        }
    }

    /** Tell {@code replyTo} how many chats have rows that are not written. */
    public record CountPending(ActorRef<Integer> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(Phase phase) {
            return phase.on(this);
        }
    }

    record Written(List<ChatChange> changes) implements Command {
        @Override
        public Behavior<Command> deliverTo(Phase phase) {
            return phase.on(this);
        }
    }

    record WriteFailed(Throwable cause) implements Command {
        @Override
        public Behavior<Command> deliverTo(Phase phase) {
            return phase.on(this);
        }
    }

    record RetryDue() implements Command {
        @Override
        public Behavior<Command> deliverTo(Phase phase) {
            return phase.on(this);
        }
    }

    private record Waiter(long number, ActorRef<Done> replyTo) {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final ChatTable table;
    private final Executor executor;
    private final ViewSettings settings;
    private final Consumer<List<ChatChange>> onWritten;
    private final PendingUpdates pending;
    private final List<Waiter> waiters = new ArrayList<>();
    private boolean closing;
    private boolean saidThatItDrops;

    private ChatRowWriter(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ChatTable table,
            Executor executor,
            ViewSettings settings,
            Consumer<List<ChatChange>> onWritten) {
        this.context = context;
        this.timers = timers;
        this.table = table;
        this.executor = executor;
        this.settings = settings;
        this.onWritten = onWritten;
        this.pending = new PendingUpdates(settings.pendingChats());
        context.setLoggerName(ChatRowWriter.class);
    }

    /**
     * Writes to {@code table} on {@code executor}. {@code onWritten} hears of what was written, on the actor's own time;
     * a failure in between may keep something from it, so that it is a hint to read {@link ChatRows#changesAfter}.
     */
    public static Behavior<Command> create(
            ChatTable table, Executor executor, ViewSettings settings, Consumer<List<ChatChange>> onWritten) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new ChatRowWriter(context, timers, table, executor, settings, onWritten).next(0)));
    }

    /** What to do with nothing under way. {@code failures}: how many writes in a row have failed. */
    private Behavior<Command> next(int failures) {
        waiters.removeIf(waiter -> {
            boolean settled = pending.settled(waiter.number());
            if (settled) {
                waiter.replyTo().tell(Done.getInstance());
            }
            return settled;
        });
        if (pending.isEmpty()) {
            saidThatItDrops = false;
            return closing ? Behaviors.stopped() : new Idle();
        }
        List<PendingUpdates.Numbered> group = pending.take(settings.groupSize());
        context.pipeToSelf(
                write(group), (changes, failure) -> failure == null ? new Written(changes) : new WriteFailed(failure));
        return new Writing(group, failures);
    }

    private CompletionStage<List<ChatChange>> write(List<PendingUpdates.Numbered> group) {
        List<ChatUpdate> updates =
                group.stream().map(PendingUpdates.Numbered::update).toList();
        try {
            return CompletableFuture.supplyAsync(() -> GroupWrite.run(table, updates), executor);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }

    private Duration delayAfter(int failures) {
        Duration delay = settings.retryMin();
        for (int i = 1; i < failures && delay.compareTo(settings.retryMax()) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(settings.retryMax()) < 0 ? delay : settings.retryMax();
    }

    private void add(ChatUpdate update) {
        if (closing) {
            context.getLog().debug("chat {}: its row comes after the close and is left to the repair", update.id());
            return;
        }
        if (!pending.add(update) && !saidThatItDrops) {
            saidThatItDrops = true;
            context.getLog()
                    .warn(
                            "more than {} chats wait for the database; the oldest are left to the repair, {} so far",
                            settings.pendingChats(),
                            pending.dropped());
        }
    }

    private void await(ActorRef<Done> replyTo) {
        waiters.add(new Waiter(pending.newest(), replyTo));
    }

    /** What the writer does now. Its fields are the values that mean something while it does. */
    abstract class Phase extends AbstractOnMessageBehavior<Command> {

        Phase() {
            super(context);
        }

        @Override
        public final Behavior<Command> onMessage(Command command) {
            return command.deliverTo(this);
        }

        final Behavior<Command> on(Update update) {
            add(update.update());
            return onMore();
        }

        final Behavior<Command> on(Flush flush) {
            await(flush.replyTo());
            return onMore();
        }

        final Behavior<Command> on(Close close) {
            closing = true;
            await(close.replyTo());
            return onClose();
        }

        final Behavior<Command> on(CountPending count) {
            count.replyTo().tell(pending.size() + underWay());
            return this;
        }

        /** How many chats the write takes that runs now. */
        int underWay() {
            return 0;
        }

        abstract Behavior<Command> onMore();

        abstract Behavior<Command> onClose();

        Behavior<Command> on(Written written) {
            return Behaviors.unhandled();
        }

        Behavior<Command> on(WriteFailed failed) {
            return Behaviors.unhandled();
        }

        Behavior<Command> on(RetryDue due) {
            return this;
        }
    }

    /** Nothing waits. */
    private final class Idle extends Phase {
        @Override
        Behavior<Command> onMore() {
            return next(0);
        }

        @Override
        Behavior<Command> onClose() {
            return next(0);
        }
    }

    private final class Writing extends Phase {
        private final List<PendingUpdates.Numbered> group;
        private final int failures;

        Writing(List<PendingUpdates.Numbered> group, int failures) {
            this.group = group;
            this.failures = failures;
        }

        @Override
        int underWay() {
            return group.size();
        }

        @Override
        Behavior<Command> onMore() {
            return this;
        }

        @Override
        Behavior<Command> onClose() {
            return this;
        }

        @Override
        Behavior<Command> on(Written written) {
            if (failures > 0) {
                context.getLog().info("chat rows are written again");
            }
            if (!written.changes().isEmpty()) {
                onWritten.accept(written.changes());
            }
            return next(0);
        }

        @Override
        Behavior<Command> on(WriteFailed failed) {
            if (failures == 0) {
                context.getLog().warn("chat rows cannot be written; trying until they can", failed.cause());
            }
            pending.putBack(group);
            timers.startSingleTimer(new RetryDue(), delayAfter(failures + 1));
            return new Waiting(failures + 1);
        }
    }

    /** The last write failed; the next begins when the timer fires. */
    private final class Waiting extends Phase {
        private final int failures;

        Waiting(int failures) {
            this.failures = failures;
        }

        @Override
        Behavior<Command> onMore() {
            return this;
        }

        @Override
        Behavior<Command> onClose() {
            return next(failures);
        }

        @Override
        Behavior<Command> on(RetryDue due) {
            return next(failures);
        }
    }
}
