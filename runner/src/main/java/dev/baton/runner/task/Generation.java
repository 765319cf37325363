package dev.baton.runner.task;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Retry;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.chat.Step;
import dev.baton.persistence.journal.Chat;
import dev.baton.runner.ChatRunner;
import dev.baton.runner.TaskFactory.Work;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.model.TakeoverMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One round of a turn: reads the chat, asks the model or does what an earlier answer left to do, and commits.
 *
 * <p>One thing is under way at a time, and each message carries what the next thing needs, so the actor has no state but
 * which episode was begun: it ends with the write that it leads to.
 *
 * <pre>
 * read -- retry appointed --> wait -> start the attempt -> call
 *      -- tools to answer --> write
 *      -- else -------------> call -- said -----------> write
 *                                  -- failed ---------> appoint a retry -> wait, or write the failure
 *                                  -- no way to go on -> start the attempt -> call
 * </pre>
 */
final class Generation extends AbstractOnMessageBehavior<Generation.Command> {

    sealed interface Command {
        Behavior<Command> deliverTo(Generation generation);
    }

    record Loaded(ChatState state) implements Command {
        @Override
        public Behavior<Command> deliverTo(Generation generation) {
            return generation.on(this);
        }
    }

    record RetryDue(int attempt) implements Command {
        @Override
        public Behavior<Command> deliverTo(Generation generation) {
            return generation.on(this);
        }
    }

    record AttemptStarted(Chat.Reply reply) implements Command {
        @Override
        public Behavior<Command> deliverTo(Generation generation) {
            return generation.on(this);
        }
    }

    record Called(ActorRef<?> call, ChatState state, CallResult result) implements Command {
        @Override
        public Behavior<Command> deliverTo(Generation generation) {
            return generation.on(this);
        }
    }

    /** The call ended without a result, which only a fault in it can do. It counts as a failed try. */
    record CallCrashed(ChatState state) implements Command {
        @Override
        public Behavior<Command> deliverTo(Generation generation) {
            return generation.on(this);
        }
    }

    record Dated(Optional<Step> step, Instant now) implements Command {
        @Override
        public Behavior<Command> deliverTo(Generation generation) {
            return generation.on(this);
        }
    }

    record Written(ChatCommand command, Chat.Reply reply) implements Command {
        @Override
        public Behavior<Command> deliverTo(Generation generation) {
            return generation.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Work work;
    private final Tasks tasks;
    private final Report report;
    private Optional<EpisodeKey> episode = Optional.empty();

    private Generation(ActorContext<Command> context, TimerScheduler<Command> timers, Work work, Tasks tasks) {
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
            return new Generation(context, timers, work, tasks);
        }));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    private Behavior<Command> on(Loaded loaded) {
        ChatState state = loaded.state();
        if (!isStillWanted(state)) {
            work.runner().tell(new ChatRunner.Observed(state.hint()));
            return Behaviors.stopped();
        }
        Retry retry = state.turn().retry();
        if (retry != null) {
            return await(retry);
        }
        Optional<Outcome> before = Outcome.before(state, work.fence(), tasks.settings());
        return before.isPresent() ? follow(before.get()) : call(state);
    }

    private boolean isStillWanted(ChatState state) {
        return state.covers(work.fence()) && state.status() == Status.RUNNING;
    }

    private Behavior<Command> await(Retry retry) {
        Duration left = Duration.between(tasks.clock().instant(), retry.until());
        Duration wait = left.isNegative() ? Duration.ZERO : left;
        report.doing("waiting to try again until " + retry.until(), wait);
        timers.startSingleTimer(new RetryDue(retry.attempt()), wait);
        return this;
    }

    private Behavior<Command> on(RetryDue due) {
        return startAttempt(due.attempt());
    }

    private Behavior<Command> startAttempt(int after) {
        report.doing("starting an attempt");
        var command = new ChatCommand.StartAttempt(work.fence(), after);
        tasks.calls().write(context, work.chat(), command, AttemptStarted::new);
        return this;
    }

    private Behavior<Command> on(AttemptStarted started) {
        report.observed(started.reply());
        return started.reply() instanceof Chat.Done done ? on(new Loaded(done.state())) : Behaviors.stopped();
    }

    private Behavior<Command> call(ChatState state) {
        return call(state, tasks.model().takeover(state.model()));
    }

    private Behavior<Command> call(ChatState state, Set<TakeoverMode> can) {
        report.doing("calling the model");
        episode = Optional.of(state.episode());
        var task = new ModelCall.Task(state.episode(), work.epoch().number(), Prompts.of(state), can);
        ActorRef<Command> self = context.getSelf();
        Behavior<ModelCall.Command> behavior = Behaviors.setup(child ->
                ModelCall.create(task, tasks, report, result -> self.tell(new Called(child.getSelf(), state, result))));
        context.watchWith(context.spawnAnonymous(behavior), new CallCrashed(state));
        return this;
    }

    private Behavior<Command> on(Called called) {
        context.unwatch(called.call());
        CallResult result = called.result();
        if (result instanceof CallResult.StartAgain) {
            return startAttempt(called.state().turn().attempt());
        }
        if (result instanceof CallResult.Forgotten) {
            return call(called.state(), withoutReattaching(called.state()));
        }
        if (result instanceof CallResult.Said said) {
            return follow(Outcome.of(said, called.state(), work.fence(), tasks.settings()));
        }
        if (result instanceof CallResult.Failed failed) {
            return follow(Outcome.of(failed, called.state(), work.fence(), tasks.settings()));
        }
        return Behaviors.stopped();
    }

    private Set<TakeoverMode> withoutReattaching(ChatState state) {
        return tasks.model().takeover(state.model()).stream()
                .filter(mode -> mode != TakeoverMode.REATTACH)
                .collect(Collectors.toSet());
    }

    private Behavior<Command> on(CallCrashed crashed) {
        return follow(Outcome.of(Outcome.CRASHED, crashed.state(), work.fence(), tasks.settings()));
    }

    private Behavior<Command> follow(Outcome outcome) {
        if (outcome instanceof Outcome.Write write) {
            return write(write.command());
        }
        Optional<Step> step = ((Outcome.AskClient) outcome).step();
        DatabaseTime.ask(context, work, tasks, now -> new Dated(step, now));
        return this;
    }

    private Behavior<Command> on(Dated dated) {
        Instant deadline = dated.now().plus(tasks.settings().actionTimeout());
        return write(new ChatCommand.RequireAction(work.fence(), dated.step().orElse(null), deadline));
    }

    private Behavior<Command> write(ChatCommand command) {
        report.doing("committing");
        tasks.calls().write(context, work.chat(), command, reply -> new Written(command, reply));
        return this;
    }

    /** After an appointed retry the chat is still this round's; after anything else it is not. */
    private Behavior<Command> on(Written written) {
        report.observed(written.reply());
        if (written.reply() instanceof Chat.Done done
                && isStillWanted(done.state())
                && done.state().turn().retry() != null) {
            return await(done.state().turn().retry());
        }
        if (written.reply() instanceof Chat.Done) {
            episode.ifPresent(key -> tasks.parts().tell(new PartBuffer.Close(key)));
        }
        if (Report.isUnexpected(written.reply()) && !(written.command() instanceof ChatCommand.FailTurn)) {
            return follow(Outcome.fail(
                    work.fence(), FailureKind.GENERIC, "the answer could not be committed: " + written.reply()));
        }
        return Behaviors.stopped();
    }
}
