package dev.baton.runner.task;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import dev.baton.runner.Question;
import dev.baton.runner.TaskFactory.Work;
import java.time.Instant;
import java.util.function.Function;

/** Asks the database for the time until it tells. */
final class DatabaseTime {

    private DatabaseTime() {}

    static <T> void ask(ActorContext<T> caller, Work work, Tasks tasks, Function<Instant, T> answer) {
        ActorRef<T> self = caller.getSelf();
        caller.spawnAnonymous(Question.untilSettled(
                "chat " + work.chat() + ": database time",
                Instant.class,
                replyTo -> tasks.databaseClock().now().thenAccept(replyTo::tell),
                now -> true,
                now -> self.tell(answer.apply(now)),
                tasks.settings()));
    }
}
