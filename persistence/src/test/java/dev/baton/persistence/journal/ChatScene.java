package dev.baton.persistence.journal;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import dev.baton.persistence.chat.Busy;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatLimits;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Decider;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.Fence;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One chat on one node, and all who hear of it. */
final class ChatScene {
    static final Duration IDLE = Duration.ofMinutes(2);
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    /** What the read side heard. */
    record Row(ChatState state, List<ChatEvent> events) {}

    private static final ChatLimits LIMITS = new ChatLimits(20, 250, 50, 100, 200);

    final ChatId id;
    final String persistenceId;

    /** Everything that anyone is told, in order. */
    final TestProbe<Object> told;

    final TestProbe<ClusterSharding.ShardCommand> shard;
    private final ActorTestKit kit;
    private final ChatHost host;
    private volatile @Nullable NodeId place;

    ChatScene(ActorTestKit kit, ChatId id, NodeId node) {
        this(kit, id, node, 100);
    }

    ChatScene(ActorTestKit kit, ChatId id, NodeId node, int snapshotEvents) {
        this.kit = kit;
        this.id = id;
        this.persistenceId = "Chat|" + id;
        this.told = kit.createTestProbe();
        this.shard = kit.createTestProbe();
        this.place = node;
        this.host = new ChatHost(
                chat -> Optional.ofNullable(place),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Decider(LIMITS),
                told.ref().narrow(),
                new Rows(told.ref()),
                new ChatSettings(IDLE, snapshotEvents, 30));
    }

    /** From now on the chat's runners are put on {@code node}; on none when it is null. */
    void putRunnersOn(@Nullable NodeId node) {
        place = node;
    }

    ChatHost host() {
        return host;
    }

    /** Another life of the chat, or a second one at the same time. */
    ActorRef<Chat.Command> start() {
        return kit.spawn(Chat.create(id, host, shard.ref()));
    }

    void stop(ActorRef<Chat.Command> chat) {
        kit.stop(chat);
    }

    /** The answer only; whatever else was told stays in {@link #told}. */
    Chat.Reply execute(ActorRef<Chat.Command> chat, ChatCommand command) {
        TestProbe<Chat.Reply> reply = kit.createTestProbe();
        chat.tell(new Chat.Execute(command, reply.ref()));
        return reply.receiveMessage(Duration.ofSeconds(20));
    }

    ChatState done(ActorRef<Chat.Command> chat, ChatCommand command) {
        return ((Chat.Done) execute(chat, command)).state();
    }

    ChatState current(ActorRef<Chat.Command> chat) {
        TestProbe<Chat.Current> reply = kit.createTestProbe();
        chat.tell(new Chat.Get(reply.ref()));
        return reply.receiveMessage(Duration.ofSeconds(20)).state();
    }

    /** A chat with one message and a runner on the node. */
    ChatState running(ActorRef<Chat.Command> chat) {
        return done(chat, create("hello"));
    }

    /** A chat whose first turn is over. */
    ChatState idle(ActorRef<Chat.Command> chat) {
        return done(chat, finish(running(chat), "hi"));
    }

    static ChatCommand create(@Nullable String first) {
        return new ChatCommand.Create(
                "ada",
                new Details("", Map.of(), false),
                "simulated/default",
                null,
                List.of(),
                null,
                first == null ? null : message(first));
    }

    static ChatCommand send(String text) {
        return new ChatCommand.SendMessage(message(text), Busy.QUEUE);
    }

    /** The smallest commit: one event. */
    static ChatCommand rename(String title) {
        return new ChatCommand.UpdateDetails(title, null, null);
    }

    static ChatCommand finish(ChatState state, String answer) {
        return new ChatCommand.FinishTurn(
                new Fence(state.hold().epoch(), state.history().version()),
                new Step(Role.ASSISTANT, List.of(new Part.Text(answer)), null, 1));
    }

    private static NewMessage message(String text) {
        return new NewMessage(List.of(new Part.Text(text)), null, null);
    }

    private record Rows(ActorRef<Object> told) implements CommitListener {
        @Override
        public void committed(ChatState state, List<ChatEvent> events) {
            told.tell(new Row(state, events));
        }

        @Override
        public void announced(ChatState state) {
            told.tell(new Row(state, List.of()));
        }
    }
}
