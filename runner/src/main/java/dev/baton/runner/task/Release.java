package dev.baton.runner.task;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.journal.Chat;
import dev.baton.runner.TaskFactory.Work;

/** Lets go of a chat, if this runner still holds it. */
final class Release {

    private Release() {}

    static Behavior<Chat.Reply> create(Work work, Tasks tasks) {
        var report = new Report(work);
        return Behaviors.setup(context -> {
            report.doing("releasing the chat");
            tasks.calls()
                    .write(
                            context,
                            work.chat(),
                            new ChatCommand.ReleaseRunner(work.epoch().number()),
                            reply -> reply);
            return Behaviors.receiveMessage(reply -> {
                report.observed(reply);
                return Behaviors.stopped();
            });
        });
    }
}
