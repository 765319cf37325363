package dev.baton.runner.task;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
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
import dev.baton.persistence.journal.Chat;
import dev.baton.runner.ChatRunner;
import dev.baton.runner.Question;
import dev.baton.runner.TaskFactory.Work;
import dev.baton.runner.episode.PartBuffer;
import java.util.List;

/**
 * Commits what was said before the cut. Parts that another node showed are not here, and those of a failed attempt were
 * taken back when it failed: then nothing is left to commit, and the turn just ends.
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

    record Collected(List<Part> parts) implements Command {
        @Override
        public Behavior<Command> deliverTo(Interrupt interrupt) {
            return interrupt.on(this);
        }
    }

    record Written(Chat.Reply reply) implements Command {
        @Override
        public Behavior<Command> deliverTo(Interrupt interrupt) {
            return interrupt.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final Work work;
    private final Tasks tasks;
    private final Report report;

    private Interrupt(ActorContext<Command> context, Work work, Tasks tasks) {
        super(context);
        this.context = context;
        this.work = work;
        this.tasks = tasks;
        this.report = new Report(work);
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

    private Behavior<Command> on(Loaded loaded) {
        ChatState state = loaded.state();
        if (!state.covers(work.fence()) || state.status() != Status.INTERRUPTING) {
            work.runner().tell(new ChatRunner.Observed(state.hint()));
            return Behaviors.stopped();
        }
        report.doing("keeping what was said before the interruption");
        EpisodeKey key = state.episode();
        tasks.parts().tell(new PartBuffer.Close(key));
        if (state.turn().retry() != null) {
            return finish(List.of());
        }
        ActorRef<Command> self = context.getSelf();
        context.spawnAnonymous(Question.untilSettled(
                "chat " + work.chat() + ": collecting its parts",
                PartBuffer.Collected.class,
                replyTo -> tasks.parts().tell(new PartBuffer.Collect(key, replyTo)),
                collected -> true,
                collected -> self.tell(new Collected(collected.parts())),
                tasks.settings()));
        return this;
    }

    private Behavior<Command> on(Collected collected) {
        return finish(collected.parts());
    }

    private Behavior<Command> finish(List<Part> parts) {
        var partial = new Step(Role.ASSISTANT, parts, null, parts.size());
        tasks.calls().write(context, work.chat(), new FinishInterruption(work.fence(), partial), Written::new);
        return this;
    }

    private Behavior<Command> on(Written written) {
        report.observed(written.reply());
        return Behaviors.stopped();
    }
}
