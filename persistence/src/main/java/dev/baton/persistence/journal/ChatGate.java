package dev.baton.persistence.journal;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only so many commands wait until a chat is read or written, and refuses the others at once.
 *
 * <p>Without it they would wait in the stash of Akka 2.8.5, which hands them out by recursion as long as they write
 * nothing: some thousand readers behind one slow write end the JVM with a stack overflow.
 */
final class ChatGate extends BehaviorInterceptor<Chat.Command, Chat.Command> {
    static final int ROOM = 256;

    private static final Logger LOG = LoggerFactory.getLogger(ChatGate.class);

    private final ChatId id;
    private int waiting;

    ChatGate(ChatId id) {
        super(Chat.Command.class);
        this.id = id;
    }

    /** The entity has taken a command. */
    void passed() {
        waiting--;
    }

    @Override
    public Behavior<Chat.Command> aroundReceive(
            TypedActorContext<Chat.Command> context, Chat.Command command, ReceiveTarget<Chat.Command> target) {
        if (waiting >= ROOM && !(command instanceof Chat.SnapshotEnded)) {
            turnAway(command);
            return Behaviors.same();
        }
        waiting++;
        return target.apply(context, command);
    }

    private void turnAway(Chat.Command command) {
        if (command instanceof Chat.Execute execute) {
            execute.replyTo()
                    .tell(new Chat.Refused(
                            ErrorCode.DATABASE_UNAVAILABLE,
                            "chat " + id + " has " + ROOM + " commands that wait for the database; no more may wait",
                            null));
        } else {
            LOG.debug("chat {}: no room for a {}", id, command.getClass().getSimpleName());
        }
    }
}
