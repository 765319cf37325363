package dev.baton.runner;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.Status;
import dev.baton.runner.ChatRunner.Admitted;
import dev.baton.runner.ChatRunner.Command;
import dev.baton.runner.ChatRunner.Doing;
import dev.baton.runner.ChatRunner.Leave;
import dev.baton.runner.ChatRunner.Observed;
import dev.baton.runner.ChatRunner.Run;
import dev.baton.runner.ChatRunner.SyncDue;
import dev.baton.runner.ChatRunner.SyncFailed;
import dev.baton.runner.ChatRunner.Synced;
import dev.baton.runner.ChatRunner.TaskEnded;
import dev.baton.runner.ChatRunner.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a {@link ChatRunner} does now. Its fields are the values that mean something while it does. */
abstract class RunnerPhase extends AbstractOnMessageBehavior<Command> {
    private static final Logger LOG = LoggerFactory.getLogger(ChatRunner.class);

    final ChatRunner runner;
    private final long newest;

    RunnerPhase(ChatRunner runner, long newest) {
        super(runner.context());
        this.runner = runner;
        this.newest = newest;
    }

    @Override
    public final Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    final Behavior<Command> on(Observed observed) {
        return observe(observed.hint());
    }

    final Behavior<Command> on(Told told) {
        runner.supervisor().tell(new RunnerSupervisor.HintTaken(runner.epoch()));
        return observe(told.hint());
    }

    final Behavior<Command> observe(ChatHint hint) {
        return hint.version() <= newest ? this : take(hint);
    }

    final Behavior<Command> take(ChatHint hint) {
        return runner.epoch().covers(hint) ? onNewer(hint) : Behaviors.stopped();
    }

    final Behavior<Command> on(Doing doing) {
        runner.supervisor().tell(new RunnerSupervisor.Progress(runner.epoch(), doing.what(), doing.patience()));
        return this;
    }

    final Behavior<Command> on(SyncDue due) {
        runner.read(Synced::new);
        return this;
    }

    final Behavior<Command> on(SyncFailed failed) {
        runner.readFailed();
        return this;
    }

    Behavior<Command> on(Run run) {
        LOG.error(
                "chat {}: the runner of epoch {} was run twice; it ends",
                runner.epoch().chat(),
                runner.epoch().number());
        return Behaviors.stopped();
    }

    final Behavior<Command> on(Synced synced) {
        runner.readDone();
        return sync(synced.hint());
    }

    Behavior<Command> sync(ChatHint hint) {
        return observe(hint);
    }

    Behavior<Command> on(Admitted admitted) {
        return this;
    }

    final Behavior<Command> on(Leave leave) {
        runner.slot().giveBack();
        return leave();
    }

    abstract Behavior<Command> onNewer(ChatHint hint);

    abstract Behavior<Command> on(TaskEnded ended);

    abstract Behavior<Command> leave();

    /** Not yet run. */
    static final class Fresh extends RunnerPhase {
        Fresh(ChatRunner runner) {
            super(runner, 0);
        }

        @Override
        Behavior<Command> on(Run run) {
            return take(run.hint());
        }

        @Override
        Behavior<Command> onNewer(ChatHint hint) {
            return runner.begin(hint);
        }

        @Override
        Behavior<Command> on(TaskEnded ended) {
            return Behaviors.unhandled();
        }

        @Override
        Behavior<Command> leave() {
            return Behaviors.stopped();
        }
    }

    /** No task runs; the next hint starts one. */
    static final class Idle extends RunnerPhase {
        private final ChatHint last;

        Idle(ChatRunner runner, ChatHint last) {
            super(runner, last.version());
            this.last = last;
        }

        @Override
        Behavior<Command> sync(ChatHint hint) {
            return hint.version() < last.version() ? this : take(hint);
        }

        @Override
        Behavior<Command> onNewer(ChatHint hint) {
            return runner.begin(hint);
        }

        @Override
        Behavior<Command> on(TaskEnded ended) {
            return Behaviors.unhandled();
        }

        @Override
        Behavior<Command> leave() {
            return runner.handingOver(last);
        }
    }

    /** There is something to generate, and no capacity for it yet. */
    static final class Queued extends RunnerPhase {
        private final ChatHint next;

        Queued(ChatRunner runner, ChatHint next) {
            super(runner, next.version());
            this.next = next;
        }

        @Override
        Behavior<Command> on(Admitted admitted) {
            return runner.slot().accept(admitted.ticket()) ? runner.working(next) : this;
        }

        /** What is to be generated may change without losing the place; what needs no capacity does not wait. */
        @Override
        Behavior<Command> onNewer(ChatHint hint) {
            return hint.status() == Status.RUNNING ? new Queued(runner, hint) : runner.begin(hint);
        }

        @Override
        Behavior<Command> on(TaskEnded ended) {
            return Behaviors.unhandled();
        }

        @Override
        Behavior<Command> leave() {
            return runner.handingOver(next);
        }
    }

    static final class Working extends RunnerPhase {
        private final ChatHint startedFor;
        private final ActorRef<?> task;

        Working(ChatRunner runner, long newest, ChatHint startedFor, ActorRef<?> task) {
            super(runner, newest);
            this.startedFor = startedFor;
            this.task = task;
        }

        @Override
        Behavior<Command> onNewer(ChatHint hint) {
            if (hint.callsForTheTaskOf(startedFor)) {
                return new Working(runner, hint.version(), startedFor, task);
            }
            runner.stop(task);
            return new Replacing(runner, hint, startedFor);
        }

        /**
         * Newer hints seen meanwhile count again: a chat that still calls for work then gets a new task. One look says
         * whether a hint was lost; only a sync starts the same work again, so that this cannot spin.
         */
        @Override
        Behavior<Command> on(TaskEnded ended) {
            runner.read(Observed::new);
            return new Idle(runner, startedFor);
        }

        /** An interruption is short, and only this node has the parts that it commits: it runs to its end. */
        @Override
        Behavior<Command> leave() {
            if (startedFor.status() != Status.INTERRUPTING) {
                runner.stop(task);
            }
            return new Departure.Cutting(runner, startedFor, startedFor);
        }
    }

    /** The task is stopping; when it has, the one for {@code next} starts. */
    static final class Replacing extends RunnerPhase {
        private final ChatHint next;
        private final ChatHint startedFor;

        Replacing(ChatRunner runner, ChatHint next, ChatHint startedFor) {
            super(runner, next.version());
            this.next = next;
            this.startedFor = startedFor;
        }

        @Override
        Behavior<Command> onNewer(ChatHint hint) {
            return new Replacing(runner, hint, startedFor);
        }

        @Override
        Behavior<Command> on(TaskEnded ended) {
            return runner.begin(next);
        }

        @Override
        Behavior<Command> leave() {
            return new Departure.Cutting(runner, next, startedFor);
        }
    }
}
