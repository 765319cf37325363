package dev.baton.runner.task;

import akka.Done;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.journal.Chat;
import dev.baton.runner.TaskFactory.Work;
import dev.baton.runner.episode.PartBuffer;
import java.time.Instant;

/**
 * Gives a chat to a node that stays, if this runner still holds it; where nobody stays, the chat is let go of. First the
 * log gets all that was said, so that the next runner goes on right there.
 */
final class HandOver extends AbstractOnMessageBehavior<HandOver.Command> {

    sealed interface Command {
        Behavior<Command> deliverTo(HandOver handOver);
    }

    record Flushed() implements Command {
        @Override
        public Behavior<Command> deliverTo(HandOver handOver) {
            return handOver.on(this);
        }
    }

    record Written(Chat.Reply reply) implements Command {
        @Override
        public Behavior<Command> deliverTo(HandOver handOver) {
            return handOver.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final Work work;
    private final Tasks tasks;
    private final Report report;
    private final Instant cutAt;

    private HandOver(ActorContext<Command> context, Work work, Tasks tasks) {
        super(context);
        this.context = context;
        this.work = work;
        this.tasks = tasks;
        this.report = new Report(work);
        this.cutAt = tasks.clock().instant();
    }

    static Behavior<Command> create(Work work, Tasks tasks) {
        return Behaviors.setup(context -> {
            var handOver = new HandOver(context, work, tasks);
            handOver.report.doing("handing the chat over");
            ChatHint hint = work.hint();
            var key = new EpisodeKey(hint.chat(), hint.historyVersion(), hint.attempt());
            tasks.parts().tell(new PartBuffer.Flush(key, context.messageAdapter(Done.class, flushed -> new Flushed())));
            return handOver;
        });
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    Behavior<Command> on(Flushed flushed) {
        tasks.calls()
                .write(
                        context,
                        work.chat(),
                        new ChatCommand.HandOver(work.epoch().number(), cutAt),
                        Written::new);
        return this;
    }

    private Behavior<Command> on(Written written) {
        report.observed(written.reply());
        return Behaviors.stopped();
    }
}
