package dev.baton.runner.task;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.journal.Chat;
import dev.baton.runner.TaskFactory.Work;
import dev.baton.runner.episode.PartBuffer;
import java.time.Instant;

/** Gives a chat to a node that stays, if this runner still holds it; where nobody stays, the chat is let go of. */
final class HandOver {

    private HandOver() {}

    static Behavior<Chat.Reply> create(Work work, Tasks tasks) {
        var report = new Report(work);
        return Behaviors.setup(context -> {
            report.doing("handing the chat over");
            Instant cutAt = tasks.clock().instant();
            ChatHint hint = work.hint();
            tasks.parts()
                    .tell(new PartBuffer.Close(new EpisodeKey(hint.chat(), hint.historyVersion(), hint.attempt())));
            tasks.calls()
                    .write(
                            context,
                            work.chat(),
                            new ChatCommand.HandOver(work.epoch().number(), cutAt),
                            reply -> reply);
            return Behaviors.receiveMessage(reply -> {
                report.observed(reply);
                return Behaviors.stopped();
            });
        });
    }
}
