package dev.baton.runner.task;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatCommand.FinishInterruption;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.chat.Step;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.journal.Chat;
import dev.baton.runner.ChatRunner;
import dev.baton.runner.TaskFactory.Work;
import dev.baton.runner.episode.PartBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Commits what was said before the cut, here or on another node: all that is in the part log. What a failed attempt said
 * was taken back when it failed: then nothing is left to commit, and the turn just ends. A provider that keeps the answer is
 * told that nobody wants the rest.
 */
final class Interrupt extends AbstractOnMessageBehavior<Interrupt.Command> {

    sealed interface Command {
        Behavior<Command> deliverTo(Interrupt interrupt);
    }

    record Loaded(ChatState state) implements Command {
        @Override
        public Behavior<Command> deliverTo(Interrupt interrupt) {
            return interrupt.on(this);
        }
    }

    record Opened(PartBuffer.Opening opening) implements Command {
        @Override
        public Behavior<Command> deliverTo(Interrupt interrupt) {
            return interrupt.on(this);
        }
    }

    record Written(EpisodeKey key, Chat.Reply reply) implements Command {
        @Override
        public Behavior<Command> deliverTo(Interrupt interrupt) {
            return interrupt.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final Work work;
    private final Tasks tasks;
    private final Report report;
    private final ActorRef<PartBuffer.Opening> opener;
    private Optional<EpisodeKey> opening = Optional.empty();
    private String model = "";

    private Interrupt(ActorContext<Command> context, Work work, Tasks tasks) {
        super(context);
        this.context = context;
        this.work = work;
        this.tasks = tasks;
        this.report = new Report(work);
        this.opener = context.messageAdapter(PartBuffer.Opening.class, Opened::new);
    }

    static Behavior<Command> create(Work work, Tasks tasks) {
        return Behaviors.setup(context -> {
            tasks.calls().read(context, work.chat(), Loaded::new);
            return new Interrupt(context, work, tasks);
        });
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PostStop) {
            opening.ifPresent(key -> tasks.parts().tell(new PartBuffer.Rest(key, opener)));
        }
        return this;
    }

    private Behavior<Command> on(Loaded loaded) {
        ChatState state = loaded.state();
        if (!state.covers(work.fence()) || state.status() != Status.INTERRUPTING) {
            work.runner().tell(new ChatRunner.Observed(state.hint()));
            return Behaviors.stopped();
        }
        report.doing("keeping what was said before the interruption");
        EpisodeKey key = state.episode();
        if (state.turn().retry() != null) {
            return finish(key, List.of(), Usage.NONE);
        }
        opening = Optional.of(key);
        model = state.model();
        tasks.parts().tell(new PartBuffer.Open(key, work.epoch().number(), opener));
        return this;
    }

    /** Opened by this task nobody else adds to it; whoever has it instead has a newer epoch and commits it. */
    private Behavior<Command> on(Opened opened) {
        if (!(opened.opening() instanceof PartBuffer.Opening.Opened done)) {
            return Behaviors.stopped();
        }
        String kept = done.logged().told().position();
        if (kept != null && done.logged().told().finish() == null) {
            tasks.model().abandon(model, kept);
        }
        return finish(done.key(), done.logged().parts(), done.logged().told().total());
    }

    private Behavior<Command> finish(EpisodeKey key, List<Part> parts, Usage told) {
        var partial = new Step(Role.ASSISTANT, parts, told.equals(Usage.NONE) ? null : told, parts.size());
        tasks.calls()
                .write(
                        context,
                        work.chat(),
                        new FinishInterruption(work.fence(), partial),
                        reply -> new Written(key, reply));
        return this;
    }

    private Behavior<Command> on(Written written) {
        report.observed(written.reply());
        if (written.reply() instanceof Chat.Done) {
            tasks.parts().tell(new PartBuffer.Close(written.key()));
        }
        return Behaviors.stopped();
    }
}
