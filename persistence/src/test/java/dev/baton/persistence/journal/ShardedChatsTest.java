package dev.baton.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.State;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ShardedChatsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ChatId CHAT = new ChatId(new UUID(0, 1));
    private static final ActorTestKit KIT = ActorTestKit.create(
            "ShardedChatsTest",
            ConfigFactory.parseString("""
                            akka.actor.provider = cluster
                            akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                            akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                            """)
                    .withFallback(PersistenceTestKitPlugin.getInstance().config())
                    .withFallback(PersistenceTestKitSnapshotPlugin.config()));

    private static final ChatScene SCENE = new ChatScene(KIT, CHAT, new NodeId("akka://baton@127.0.0.1#1"));
    private static final ShardedChats CHATS = joined();

    private final ChatAsk ask = new ChatAsk(CHATS, KIT.system());

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void reachesAChatByItsIdAlsoAfterItHasLeftMemory() {
        var chat = new ChatId(new UUID(0, 2));
        var done = (Chat.Done) join(ask.execute(chat, ChatScene.create("hello"), LIMIT));
        assertThat(done.state().state()).contains(State.R0);
        assertThat(done.state().id()).isEqualTo(chat);
        ChatState idle = ((Chat.Done) join(ask.execute(chat, ChatScene.finish(done.state(), "hi"), LIMIT))).state();

        TestProbe<Chat.Update> subscriber = KIT.createTestProbe();
        CHATS.tell(chat, new Chat.Subscribe(subscriber.ref()));
        var subscribed = subscriber.expectMessageClass(Chat.Subscribed.class, LIMIT);
        assertThat(subscribed.state()).isEqualTo(idle);
        CHATS.tell(chat, new Chat.Unsubscribe(subscriber.ref()));
        join(ask.current(chat, LIMIT));
        subscribed.entity().tell(new Chat.IdleNow());
        KIT.<Object>createTestProbe().expectTerminated(subscribed.entity(), LIMIT);

        assertThat(join(ask.current(chat, LIMIT))).isEqualTo(idle);
    }

    @Test
    void aChatThatDoesNotExistAnswersAndLeavesMemory() {
        TestProbe<Chat.Update> subscriber = KIT.createTestProbe();
        var unknown = new ChatId(new UUID(0, 3));
        CHATS.tell(unknown, new Chat.Subscribe(subscriber.ref()));
        ActorRef<Chat.Command> entity =
                subscriber.expectMessageClass(Chat.Subscribed.class, LIMIT).entity();
        assertThat(join(ask.current(unknown, LIMIT)).exists()).isFalse();

        CHATS.tell(unknown, new Chat.Unsubscribe(subscriber.ref()));
        KIT.<Object>createTestProbe().expectTerminated(entity, LIMIT);
        assertThat(join(ask.current(unknown, LIMIT)).exists()).isFalse();
    }

    @Test
    void anAskWithoutAnAnswerFailsWithTheChatAndTheLimit() {
        var unanswered = new ChatAsk((chat, command) -> {}, KIT.system());
        assertThatThrownBy(() -> join(unanswered.current(CHAT, Duration.ofMillis(1))))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(ChatException.class)
                .hasMessage("chat " + CHAT + " did not answer within PT0.001S")
                .extracting(failure -> ((ChatException) failure).code())
                .isEqualTo(ErrorCode.TIMED_OUT);
    }

    @Test
    void countsTheChatsInMemory() {
        int before = CHATS.loaded();
        TestProbe<Chat.Update> subscriber = KIT.createTestProbe();
        var chat = new ChatId(new UUID(0, 4));
        CHATS.tell(chat, new Chat.Subscribe(subscriber.ref()));
        ActorRef<Chat.Command> entity =
                subscriber.expectMessageClass(Chat.Subscribed.class, LIMIT).entity();
        assertThat(CHATS.loaded()).isEqualTo(before + 1);

        CHATS.tell(chat, new Chat.Unsubscribe(subscriber.ref()));
        KIT.<Object>createTestProbe().expectTerminated(entity, LIMIT);
        assertThat(CHATS.loaded()).isEqualTo(before);
    }

    private static ShardedChats joined() {
        var cluster = Cluster.get(KIT.system());
        cluster.manager().tell(new Join(cluster.selfMember().address()));
        var chats = new ShardedChats(KIT.system());
        chats.carry(SCENE.host());
        return chats;
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
