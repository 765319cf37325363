package dev.baton.persistence.journal;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.javadsl.Effect;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Sent;
import dev.baton.persistence.chat.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One chat: decides commands, keeps what happened, and tells those who need to know. */
public final class Chat {
    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Chat");

    private Chat() {}

    /** One chat, wherever it stands; {@code shard} is told when the chat has nothing to do and may stop. */
    public static Behavior<Command> create(ChatId id, ChatHost host, ActorRef<ClusterSharding.ShardCommand> shard) {
        return Behaviors.setup(context -> {
            var gate = new ChatGate(id);
            return Behaviors.intercept(() -> gate, new ChatEntity(context, id, host, shard, gate));
        });
    }

    /** What a chat can be told. */
    public sealed interface Command extends CborSerializable {
        /** Calls this command's handler in {@code entity}; without one it does not compile. */
        Effect<ChatEvent, ChatState> deliverTo(ChatEntity entity, ChatState state);
    }

    /** Decide {@code command}, write what follows from it, then answer. */
    public record Execute(ChatCommand command, ActorRef<Reply> replyTo) implements Command {
        @Override
        public Effect<ChatEvent, ChatState> deliverTo(ChatEntity entity, ChatState state) {
            return entity.on(this, state);
        }
    }

    /** Answer with the chat as it is now. */
    public record Get(ActorRef<Current> replyTo) implements Command {
        @Override
        public Effect<ChatEvent, ChatState> deliverTo(ChatEntity entity, ChatState state) {
            return entity.on(this, state);
        }
    }

    /** Tell {@code subscriber} the chat as it is now, then whatever is committed, until it stops or unsubscribes. */
    public record Subscribe(ActorRef<Update> subscriber) implements Command {
        @Override
        public Effect<ChatEvent, ChatState> deliverTo(ChatEntity entity, ChatState state) {
            return entity.on(this, state);
        }
    }

    public record Unsubscribe(ActorRef<Update> subscriber) implements Command {
        @Override
        public Effect<ChatEvent, ChatState> deliverTo(ChatEntity entity, ChatState state) {
            return entity.on(this, state);
        }
    }

    /** Get a runner here unless one is alive or the epoch has moved on. Harmless when late or repeated. */
    public record TakeOver(long epochSeen) implements Command {
        @Override
        public Effect<ChatEvent, ChatState> deliverTo(ChatEntity entity, ChatState state) {
            return entity.on(this, state);
        }
    }

    /** Write the chat's row again and tell the supervisor what the chat is. Harmless at any time. */
    public record Announce() implements Command {
        @Override
        public Effect<ChatEvent, ChatState> deliverTo(ChatEntity entity, ChatState state) {
            return entity.on(this, state);
        }
    }

    record IdleNow() implements Command {
        @Override
        public Effect<ChatEvent, ChatState> deliverTo(ChatEntity entity, ChatState state) {
            return entity.on(this, state);
        }
    }

    /** The snapshot at {@code version} is stored, or could not be for the reason {@code failure}. */
    record SnapshotEnded(long version, @Nullable Throwable failure) implements Command {
        @Override
        public Effect<ChatEvent, ChatState> deliverTo(ChatEntity entity, ChatState state) {
            return entity.on(this, state);
        }
    }

    /** What a chat answers to {@link Execute}. */
    public sealed interface Reply extends CborSerializable {}

    /** It is written. {@code state} is the chat right after it. */
    public record Done(ChatState state, @Nullable Sent sent) implements Reply {}

    /**
     * Nothing changed. {@code state}: what was met, null when it was no valid state. Only with {@link
     * ErrorCode#DATABASE_UNAVAILABLE} it may have been written all the same; whoever needs to know asks again.
     */
    public record Refused(
            ErrorCode code, String detail, @Nullable State state) implements Reply {}

    /** The chat as it is; {@link ChatState#exists()} may be false. */
    public record Current(ChatState state) implements CborSerializable {}

    /** What a subscriber is told, in order and without a gap. */
    public sealed interface Update extends CborSerializable {}

    /** The first update. When {@code entity} stops, nothing more comes: watch it and subscribe again. */
    public record Subscribed(ChatState state, ActorRef<Command> entity) implements Update {}

    /** These events were written together; the first has {@code firstVersion}, the next one more. */
    public record Committed(ChatId chat, long firstVersion, List<ChatEvent> events) implements Update {
        public Committed {
            events = List.copyOf(events);
        }
    }
}
