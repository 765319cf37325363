package dev.baton.persistence.journal;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChatPassivationTest {
    private static final Duration NEARLY_IDLE = ChatScene.IDLE.minusSeconds(1);
    private static final AtomicLong IDS = new AtomicLong();
    private static final ActorTestKit KIT = ActorTestKit.create(
            "ChatPassivationTest",
            ManualTime.config()
                    .withFallback(PersistenceTestKitPlugin.getInstance().config())
                    .withFallback(PersistenceTestKitSnapshotPlugin.config()));

    private final ManualTime time = ManualTime.get(KIT.system());
    private final ChatScene scene =
            new ChatScene(KIT, new ChatId(new UUID(0, IDS.incrementAndGet())), new NodeId("akka://baton@127.0.0.1#1"));
    private final ActorRef<Chat.Command> chat = scene.start();
    private final ClusterSharding.ShardCommand passivate = new ClusterSharding.Passivate<>(chat);

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void wantsToStopWhenItHasBeenIdleForLongEnough() {
        scene.idle(chat);
        time.timePasses(NEARLY_IDLE);
        scene.shard.expectNoMessage(Duration.ZERO);
        time.timePasses(Duration.ofSeconds(1));
        scene.shard.expectMessage(passivate);
    }

    @Test
    void countsFromTheLastMessage() {
        scene.idle(chat);
        time.timePasses(NEARLY_IDLE);
        scene.current(chat);
        time.timePasses(NEARLY_IDLE);
        scene.shard.expectNoMessage(Duration.ZERO);
        time.timePasses(Duration.ofSeconds(1));
        scene.shard.expectMessage(passivate);
    }

    @Test
    void staysWhileItHasWork() {
        scene.running(chat);
        time.timePasses(ChatScene.IDLE.multipliedBy(3));
        scene.current(chat);
        scene.shard.expectNoMessage(Duration.ZERO);

        scene.done(chat, ChatScene.finish(scene.current(chat), "hi"));
        time.timePasses(ChatScene.IDLE);
        scene.shard.expectMessage(passivate);
    }

    @Test
    void staysWhileSomebodyIsSubscribed() {
        scene.idle(chat);
        TestProbe<Chat.Update> subscriber = KIT.createTestProbe();
        chat.tell(new Chat.Subscribe(subscriber.ref()));
        subscriber.expectMessageClass(Chat.Subscribed.class);
        time.timePasses(ChatScene.IDLE.multipliedBy(3));
        scene.current(chat);
        scene.shard.expectNoMessage(Duration.ZERO);

        chat.tell(new Chat.Unsubscribe(subscriber.ref()));
        scene.current(chat);
        time.timePasses(ChatScene.IDLE);
        scene.shard.expectMessage(passivate);
    }

    @Test
    void forgetsASubscriberThatStopped() {
        scene.idle(chat);
        TestProbe<Chat.Update> subscriber = KIT.createTestProbe();
        chat.tell(new Chat.Subscribe(subscriber.ref()));
        subscriber.expectMessageClass(Chat.Subscribed.class);
        subscriber.stop();
        scene.shard.awaitAssert(() -> {
            time.timePasses(ChatScene.IDLE);
            scene.shard.expectMessage(Duration.ofMillis(100), passivate);
            return passivate;
        });
    }

    @Test
    void aChatThatDoesNotExistKeepsItsSubscribers() {
        TestProbe<Chat.Update> subscriber = KIT.createTestProbe();
        chat.tell(new Chat.Subscribe(subscriber.ref()));
        scene.current(chat);
        scene.shard.expectNoMessage(Duration.ZERO);
        chat.tell(new Chat.Unsubscribe(subscriber.ref()));
        scene.shard.expectMessage(passivate);
    }
}
