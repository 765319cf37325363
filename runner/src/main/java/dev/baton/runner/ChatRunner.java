package dev.baton.runner;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.Status;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one chat for one epoch: one task runs at a time, the one the newest hint calls for.
 *
 * <p>The runner never blocks and never writes. Tasks do both, and each write carries the epoch and the history version
 * its task was started for, so a task that outlives them can do no harm.
 *
 * <pre>
 * Fresh     -- Run -------------------------------> Queued or Working
 * Idle      -- Observed --------------------------> Queued or Working
 * Queued    -- Admitted --------------------------> Working
 * Queued    -- Observed, needs no capacity -------> Working
 * Working   -- Observed, calls for another task --> Replacing
 * Working   -- TaskEnded -------------------------> Idle
 * Replacing -- TaskEnded -------------------------> Queued or Working
 * any       -- Leave -----------------------------> Cutting
 * Cutting   -- TaskEnded -------------------------> HandingOver
 * HandingOver -- TaskEnded -----------------------> stopped
 * any       -- Observed, epoch ended -------------> stopped, and the task with it
 * any       -- Run again -------------------------> stopped, which its supervisor cleans up
 * </pre>
 */
public final class ChatRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ChatRunner.class);
    /** What a runner can be told. */
    public sealed interface Command {
        /** Calls this command's handler in {@code phase}; without one in every phase it does not compile. */
        Behavior<Command> deliverTo(RunnerPhase phase);
    }

    /** What tasks may tell their runner. */
    public sealed interface FromTask extends Command {}

    /** The chat was committed, or read, as {@code hint} says. Harmless when late or repeated. */
    public record Observed(ChatHint hint) implements FromTask {
        @Override
        public Behavior<Command> deliverTo(RunnerPhase phase) {
            return phase.on(this);
        }
    }

    /** The task does {@code what} now, and may be silent for {@code patience} while it does. */
    public record Doing(String what, Duration patience) implements FromTask {
        @Override
        public Behavior<Command> deliverTo(RunnerPhase phase) {
            return phase.on(this);
        }
    }

    /** Begin, with what is known. A runner is run once; a second time is an error that ends it. */
    record Run(ChatHint hint) implements Command {
        @Override
        public Behavior<Command> deliverTo(RunnerPhase phase) {
            return phase.on(this);
        }
    }

    /** As {@link Observed}, from the supervisor, which sends the next one when this one was taken. */
    record Told(ChatHint hint) implements Command {
        @Override
        public Behavior<Command> deliverTo(RunnerPhase phase) {
            return phase.on(this);
        }
    }

    record Admitted(long ticket) implements Command {
        @Override
        public Behavior<Command> deliverTo(RunnerPhase phase) {
            return phase.on(this);
        }
    }

    /** Cut the work at a part, hand the chat over, and stop. Harmless when repeated. */
    record Leave() implements Command {
        @Override
        public Behavior<Command> deliverTo(RunnerPhase phase) {
            return phase.on(this);
        }
    }

    record TaskEnded() implements Command {
        @Override
        public Behavior<Command> deliverTo(RunnerPhase phase) {
            return phase.on(this);
        }
    }

    record SyncDue() implements Command {
        @Override
        public Behavior<Command> deliverTo(RunnerPhase phase) {
            return phase.on(this);
        }
    }

    /** The chat as a sync read it: work that it still calls for is started even when nothing is newer. */
    record Synced(ChatHint hint) implements Command {
        @Override
        public Behavior<Command> deliverTo(RunnerPhase phase) {
            return phase.on(this);
        }
    }

    record SyncFailed() implements Command {
        @Override
        public Behavior<Command> deliverTo(RunnerPhase phase) {
            return phase.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final Epoch epoch;
    private final ActorRef<RunnerSupervisor.Command> supervisor;
    private final ChatCalls calls;
    private final TaskFactory tasks;
    private final SupervisorStrategy retry;
    private final Slot slot;
    private boolean unreadable;

    private ChatRunner(
            ActorContext<Command> context,
            Epoch epoch,
            ActorRef<RunnerSupervisor.Command> supervisor,
            ChatCalls calls,
            TaskFactory tasks,
            RunnerSettings settings) {
        this.context = context;
        this.epoch = epoch;
        this.supervisor = supervisor;
        this.calls = calls;
        this.tasks = tasks;
        this.retry = SupervisorStrategy.restartWithBackoff(
                settings.taskRetry().min(), settings.taskRetry().max(), 0.2);
        this.slot = new Slot(epoch, supervisor, context.getSelf());
    }

    /** Waits to be run, then works on what it observes until the epoch ends. */
    static Behavior<Command> create(
            Epoch epoch,
            ActorRef<RunnerSupervisor.Command> supervisor,
            ChatCalls calls,
            TaskFactory tasks,
            RunnerSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new SyncDue(), settings.syncInterval());
            return new RunnerPhase.Fresh(new ChatRunner(context, epoch, supervisor, calls, tasks, settings));
        }));
    }

    /** The one place that says which state calls for which task. */
    private Behavior<?> taskFor(TaskFactory.Work work) {
        return switch (work.hint().status()) {
            case RUNNING -> tasks.generation(work);
            case INTERRUPTING -> tasks.interrupt(work);
            case REQUIRES_ACTION -> tasks.actionTimeout(work);
            case WAITING, ERROR -> tasks.release(work);
        };
    }

    /** Starts what {@code hint} calls for; only generating needs capacity. */
    Behavior<Command> begin(ChatHint hint) {
        if (hint.status() != Status.RUNNING) {
            slot.giveBack();
            return working(hint);
        }
        if (slot.isHeld()) {
            return working(hint);
        }
        slot.ask(hint);
        return new RunnerPhase.Queued(this, hint);
    }

    Behavior<Command> working(ChatHint hint) {
        return new RunnerPhase.Working(this, hint.version(), hint, start(taskFor(work(hint))));
    }

    private TaskFactory.Work work(ChatHint hint) {
        return new TaskFactory.Work(epoch, hint, context.getSelf().narrow());
    }

    private <T> ActorRef<?> start(Behavior<T> behavior) {
        ActorRef<T> task = context.spawnAnonymous(Behaviors.supervise(behavior).onFailure(retry));
        context.watchWith(task, new TaskEnded());
        return task;
    }

    Behavior<Command> interrupting(ChatHint hint) {
        start(tasks.interrupt(work(hint)));
        return new Departure.Cutting(this, hint, hint);
    }

    Behavior<Command> handingOver(ChatHint hint) {
        start(tasks.handOver(work(hint)));
        return new Departure.HandingOver(this, hint);
    }

    void read(Function<ChatHint, Command> answer) {
        calls.readOnce(context, epoch.chat(), state -> answer.apply(state.hint()), SyncFailed::new);
    }

    /** Says it once; a chat stays unreadable for as long as the database is away. */
    void readFailed() {
        if (!unreadable) {
            LOG.warn("chat {}: cannot be read; trying again at every sync", epoch.chat());
        }
        unreadable = true;
    }

    void readDone() {
        unreadable = false;
    }

    <T> void stop(ActorRef<T> task) {
        context.stop(task);
    }

    ActorContext<Command> context() {
        return context;
    }

    Epoch epoch() {
        return epoch;
    }

    Slot slot() {
        return slot;
    }

    ActorRef<RunnerSupervisor.Command> supervisor() {
        return supervisor;
    }
}
