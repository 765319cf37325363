package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.ChatJournal.Entry;
import dev.baton.runner.episode.PartBuffer;
import java.util.List;

/** What a {@link ChatStream} can be told; all but the first three it tells itself. */
sealed interface ChatStreamCommand {
    /** Calls this command's handler; without one it does not compile. */
    Behavior<ChatStreamCommand> deliverTo(ChatStream stream);

    /** Tell the client {@code word}, then end. Harmless again. */
    record Leave(WireEvent word) implements ChatStreamCommand {
        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    /** End now, whatever the client does. */
    record Cut() implements ChatStreamCommand {
        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record FromSocket(Socket.Signal signal) implements ChatStreamCommand {
        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record FromChat(Chat.Update update) implements ChatStreamCommand {
        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record StateTold(ChatState state) implements ChatStreamCommand {
        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record PageRead(List<Entry> page) implements ChatStreamCommand {
        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record PageFailed(String reason) implements ChatStreamCommand {
        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    /** {@code runner}: which of those that the stream has known was asked, the first being 0. */
    record PartsPulled(int runner, PartBuffer.Pulled pulled) implements ChatStreamCommand {
        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record PositionTold(int position) implements ChatStreamCommand {
        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record EntityStopped(ActorRef<Chat.Command> entity) implements ChatStreamCommand {
        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    /** The time set for {@code what} is over. */
    record TimeIsUp(What what) implements ChatStreamCommand {
        enum What {
            ATTACHING,
            SUBSCRIBING,
            READING,
            ANSWERING,
            PULLING
        }

        @Override
        public Behavior<ChatStreamCommand> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }
}
