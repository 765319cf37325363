package dev.baton.runner.task;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.baton.persistence.chat.ChatCommand.CancelAction;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.PendingAction;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.journal.Chat;
import dev.baton.runner.ChatRunner;
import dev.baton.runner.TaskFactory.Work;
import java.time.Duration;
import java.time.Instant;

/** Gives up on the client's tools when the deadline has passed by the database's clock, or at once without a deadline. */
final class ActionTimeout extends AbstractOnMessageBehavior<ActionTimeout.Command> {

    sealed interface Command {
        Behavior<Command> deliverTo(ActionTimeout timeout);
    }

    record Loaded(ChatState state) implements Command {
        @Override
        public Behavior<Command> deliverTo(ActionTimeout timeout) {
            return timeout.on(this);
        }
    }

    /** It may be time. */
    record Due(Instant deadline) implements Command {
        @Override
        public Behavior<Command> deliverTo(ActionTimeout timeout) {
            return timeout.on(this);
        }
    }

    record Dated(Instant now, Instant deadline) implements Command {
        @Override
        public Behavior<Command> deliverTo(ActionTimeout timeout) {
            return timeout.on(this);
        }
    }

    record Written(Chat.Reply reply) implements Command {
        @Override
        public Behavior<Command> deliverTo(ActionTimeout timeout) {
            return timeout.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Work work;
    private final Tasks tasks;
    private final Report report;

    private ActionTimeout(ActorContext<Command> context, TimerScheduler<Command> timers, Work work, Tasks tasks) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.work = work;
        this.tasks = tasks;
        this.report = new Report(work);
    }

    static Behavior<Command> create(Work work, Tasks tasks) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            tasks.calls().read(context, work.chat(), Loaded::new);
            return new ActionTimeout(context, timers, work, tasks);
        }));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    private Behavior<Command> on(Loaded loaded) {
        ChatState state = loaded.state();
        if (!state.covers(work.fence()) || state.status() != Status.REQUIRES_ACTION) {
            work.runner().tell(new ChatRunner.Observed(state.hint()));
            return Behaviors.stopped();
        }
        PendingAction action = state.turn().action();
        return action == null ? cancel() : on(new Due(action.deadline()));
    }

    private Behavior<Command> on(Due due) {
        report.doing("asking for the time");
        DatabaseTime.ask(context, work, tasks, now -> new Dated(now, due.deadline()));
        return this;
    }

    private Behavior<Command> on(Dated dated) {
        Duration left = Duration.between(dated.now(), dated.deadline());
        if (left.isNegative() || left.isZero()) {
            return cancel();
        }
        report.doing("waiting for the client's tools until " + dated.deadline(), left);
        timers.startSingleTimer(new Due(dated.deadline()), left);
        return this;
    }

    private Behavior<Command> cancel() {
        report.doing("giving up on the client's tools");
        tasks.calls().write(context, work.chat(), new CancelAction(work.fence()), Written::new);
        return this;
    }

    private Behavior<Command> on(Written written) {
        report.observed(written.reply());
        return Behaviors.stopped();
    }
}
