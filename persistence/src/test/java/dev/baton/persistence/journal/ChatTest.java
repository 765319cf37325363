package dev.baton.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import akka.persistence.testkit.ProcessingSuccess;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.State;
import dev.baton.persistence.chat.Status;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChatTest {
    private static final NodeId HERE = new NodeId("akka://baton@127.0.0.1:25520#1");
    private static final NodeId ELSEWHERE = new NodeId("akka://baton@127.0.0.1:25521#2");
    private static final AtomicLong IDS = new AtomicLong();
    private static final ActorTestKit KIT = ActorTestKit.create(
            "ChatTest",
            PersistenceTestKitPlugin.getInstance().config().withFallback(PersistenceTestKitSnapshotPlugin.config()));

    private final PersistenceTestKit journal = PersistenceTestKit.create(KIT.system());
    private final ChatId id = new ChatId(new UUID(0, IDS.incrementAndGet()));
    private final ChatScene scene = new ChatScene(KIT, id, HERE);

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void answersThenTellsObserverSubscribersAndRows() {
        ActorRef<Chat.Command> chat = scene.start();
        chat.tell(new Chat.Subscribe(scene.told.ref().narrow()));
        chat.tell(new Chat.Execute(ChatScene.create("hello"), scene.told.ref().narrow()));

        assertThat(scene.told.expectMessageClass(Chat.Subscribed.class))
                .isEqualTo(new Chat.Subscribed(ChatState.none(id), chat));
        ChatState state = scene.told.expectMessageClass(Chat.Done.class).state();
        assertThat(state.state()).contains(State.R0);
        assertThat(scene.told.expectMessageClass(ChatHint.class)).isEqualTo(state.hint());
        var committed = scene.told.expectMessageClass(Chat.Committed.class);
        assertThat(scene.told.expectMessageClass(ChatScene.Row.class))
                .isEqualTo(new ChatScene.Row(state, committed.events()));
        assertThat(committed.events()).hasSize((int) state.version());
        assertThat(journal.persistedInStorage(scene.persistenceId)).isEqualTo(committed.events());
    }

    @Test
    void subscribersSeeEveryEventOnceAndInOrder() {
        ActorRef<Chat.Command> chat = scene.start();
        ChatState seen = scene.idle(chat);
        TestProbe<Chat.Update> subscriber = KIT.createTestProbe();
        chat.tell(new Chat.Subscribe(subscriber.ref()));
        assertThat(subscriber.expectMessageClass(Chat.Subscribed.class).state()).isEqualTo(seen);

        for (int i = 0; i < 5; i++) {
            scene.done(chat, ChatScene.finish(scene.done(chat, ChatScene.send("more")), "yes"));
        }
        for (int i = 0; i < 10; i++) {
            var committed = subscriber.expectMessageClass(Chat.Committed.class);
            assertThat(committed.firstVersion()).isEqualTo(seen.version() + 1);
            for (ChatEvent event : committed.events()) {
                seen = seen.apply(event);
            }
        }
        assertThat(seen).isEqualTo(scene.current(chat));
    }

    @Test
    void tellsNothingMoreToWhoUnsubscribed() {
        ActorRef<Chat.Command> chat = scene.start();
        TestProbe<Chat.Update> subscriber = KIT.createTestProbe();
        chat.tell(new Chat.Subscribe(subscriber.ref()));
        chat.tell(new Chat.Unsubscribe(subscriber.ref()));
        scene.running(chat);
        subscriber.expectMessageClass(Chat.Subscribed.class);
        subscriber.expectNoMessage();
    }

    @Test
    void whoSubscribesAgainStartsAgain() {
        ActorRef<Chat.Command> chat = scene.start();
        TestProbe<Chat.Update> subscriber = KIT.createTestProbe();
        chat.tell(new Chat.Subscribe(subscriber.ref()));
        chat.tell(new Chat.Subscribe(subscriber.ref()));
        scene.running(chat);
        subscriber.expectMessageClass(Chat.Subscribed.class);
        subscriber.expectMessageClass(Chat.Subscribed.class);
        subscriber.expectMessageClass(Chat.Committed.class);
        subscriber.expectNoMessage();
    }

    @Test
    void aRefusalChangesNothing() {
        ActorRef<Chat.Command> chat = scene.start();
        ChatState before = scene.running(chat);
        var refused = (Chat.Refused) scene.execute(chat, new ChatCommand.Archive());
        assertThat(refused.code()).isEqualTo(ErrorCode.TRANSITION_NOT_ALLOWED);
        assertThat(refused.state()).isEqualTo(State.R0);
        assertThat(scene.current(chat)).isEqualTo(before);
    }

    @Test
    void isTheSameAfterARestart() {
        ActorRef<Chat.Command> first = scene.start();
        scene.idle(first);
        ChatState before = scene.done(first, ChatScene.send("again"));
        scene.stop(first);
        assertThat(scene.current(scene.start())).isEqualTo(before);
    }

    @Test
    void hintsTheObserverWhenItIsReadWithWorkToDo() {
        ActorRef<Chat.Command> first = scene.start();
        ChatState before = scene.running(first);
        scene.stop(first);
        scene.told.receiveSeveralMessages(2);

        scene.start();
        assertThat(scene.told.expectMessageClass(ChatHint.class)).isEqualTo(before.hint());
    }

    @Test
    void staysQuietWhenItIsReadWithoutWork() {
        ActorRef<Chat.Command> first = scene.start();
        scene.idle(first);
        scene.stop(first);
        scene.told.receiveSeveralMessages(4);

        scene.current(scene.start());
        scene.told.expectNoMessage();
    }

    @Test
    void takesOverFromADeadNode() {
        ActorRef<Chat.Command> first = elsewhere().start();
        ChatState before = elsewhere().running(first);
        scene.stop(first);
        ActorRef<Chat.Command> chat = scene.start();
        scene.told.expectMessageClass(ChatHint.class);

        chat.tell(new Chat.TakeOver(before.hold().epoch()));
        var hint = scene.told.expectMessageClass(ChatHint.class);
        assertThat(hint.runner()).isEqualTo(HERE);
        assertThat(hint.epoch()).isEqualTo(before.hold().epoch() + 1);
        assertThat(hint.attempt()).isEqualTo(before.turn().attempt());
        scene.told.expectMessageClass(ChatScene.Row.class);
    }

    @Test
    void leavesARunnerOnItsOwnNodeToTheObserver() {
        ActorRef<Chat.Command> chat = scene.start();
        ChatState before = scene.running(chat);
        scene.told.receiveSeveralMessages(2);

        chat.tell(new Chat.TakeOver(before.hold().epoch()));
        assertThat(scene.told.expectMessageClass(ChatHint.class)).isEqualTo(before.hint());
        assertThat(scene.current(chat)).isEqualTo(before);
    }

    @Test
    void takesOverNothingWithoutWorkOrWithANewerEpoch() {
        ActorRef<Chat.Command> chat = scene.start();
        ChatState idle = scene.idle(chat);
        scene.told.receiveSeveralMessages(4);
        chat.tell(new Chat.TakeOver(idle.hold().epoch()));
        assertThat(scene.current(chat)).isEqualTo(idle);

        ChatState again = scene.done(chat, ChatScene.send("again"));
        scene.told.receiveSeveralMessages(2);
        chat.tell(new Chat.TakeOver(again.hold().epoch() - 1));
        assertThat(scene.current(chat)).isEqualTo(again);
        scene.told.expectNoMessage();
    }

    @Test
    void takesOverAChatThatNobodyRuns() {
        ActorRef<Chat.Command> chat = scene.start();
        ChatState running = scene.running(chat);
        ChatState released =
                scene.done(chat, new ChatCommand.ReleaseRunner(running.hold().epoch()));
        chat.tell(new Chat.TakeOver(released.hold().epoch()));
        assertThat(scene.current(chat).hold().epoch()).isEqualTo(running.hold().epoch() + 1);
    }

    @Test
    void isHandedToAnotherNodeWhileItStaysWhereItIs() {
        ActorRef<Chat.Command> chat = scene.start();
        ChatState running = scene.running(chat);
        scene.putRunnersOn(ELSEWHERE);
        ChatState moved =
                scene.done(chat, new ChatCommand.HandOver(running.hold().epoch(), ChatScene.NOW.minusMillis(7)));
        assertThat(moved.hold().node()).isEqualTo(ELSEWHERE);
        scene.told.receiveSeveralMessages(2);
        assertThat(scene.told.expectMessageClass(ChatHint.class)).isEqualTo(moved.hint());

        assertThat(scene.done(chat, ChatScene.finish(moved, "hi")).status()).isEqualTo(Status.WAITING);
    }

    @Test
    void leavesWhatItCannotPlaceToALaterSweep() {
        ActorRef<Chat.Command> first = elsewhere().start();
        ChatState before = elsewhere().running(first);
        scene.stop(first);
        ActorRef<Chat.Command> chat = scene.start();
        scene.putRunnersOn(null);
        chat.tell(new Chat.TakeOver(before.hold().epoch()));
        assertThat(scene.current(chat)).isEqualTo(before);
    }

    @Test
    void announcesWhatItIs() {
        ActorRef<Chat.Command> chat = scene.start();
        ChatState state = scene.running(chat);
        scene.told.receiveSeveralMessages(2);
        chat.tell(new Chat.Announce());
        assertThat(scene.told.receiveSeveralMessages(2))
                .containsExactly(state.hint(), new ChatScene.Row(state, List.of()));
    }

    @Test
    void stopsWhenItCannotWriteAndSaysThatTheOutcomeIsUnknown() {
        ActorRef<Chat.Command> chat = scene.start();
        ChatState before = scene.running(chat);
        journal.failNextPersisted(scene.persistenceId);

        var refused = (Chat.Refused) scene.execute(chat, ChatScene.send("lost"));
        assertThat(refused.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
        KIT.<Object>createTestProbe().expectTerminated(chat);
        assertThat(scene.current(scene.start())).isEqualTo(before);
    }

    @Test
    void stopsWhenItsEventsAreRejected() {
        ActorRef<Chat.Command> chat = scene.start();
        scene.running(chat);
        journal.rejectNextPersisted(scene.persistenceId);
        var refused = (Chat.Refused) scene.execute(chat, ChatScene.send("lost"));
        assertThat(refused.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
        KIT.<Object>createTestProbe().expectTerminated(chat);
    }

    @Test
    void namesTheChatThatCannotBeRead() {
        scene.stop(startedAndRunning());
        journal.failNextRead(scene.persistenceId);
        LoggingTestKit.error("chat " + id + ": cannot be read").expect(KIT.system(), () -> {
            ActorRef<Chat.Command> chat = scene.start();
            KIT.<Object>createTestProbe().expectTerminated(chat);
            return chat;
        });
        assertThat(scene.current(scene.start()).state()).contains(State.R0);
    }

    @Test
    void writesNothingForAChatThatDoesNotExistAndWantsToStop() {
        ActorRef<Chat.Command> chat = scene.start();
        assertThat(scene.current(chat)).isEqualTo(ChatState.none(id));
        assertThat(((Chat.Refused) scene.execute(chat, ChatScene.send("hello"))).code())
                .isEqualTo(ErrorCode.CHAT_NOT_FOUND);
        scene.shard.expectMessage(new ClusterSharding.Passivate<>(chat));
        journal.expectNothingPersisted(scene.persistenceId);
    }

    @Test
    void refusesWhatHasNoRoomWhileThousandsWaitForOneWrite() throws InterruptedException {
        ActorRef<Chat.Command> chat = scene.start();
        scene.current(chat);
        TestProbe<Object> answers = KIT.createTestProbe();
        var readersAreWaiting = new CountDownLatch(1);
        journal.withPolicy((persistenceId, operation) -> {
            try {
                assertThat(readersAreWaiting.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return ProcessingSuccess.getInstance();
        });
        try {
            chat.tell(new Chat.Execute(ChatScene.create("hello"), answers.ref().narrow()));
            for (int i = 0; i < 5000; i++) {
                chat.tell(new Chat.Get(answers.ref().narrow()));
            }
            var refused = (Chat.Refused) scene.execute(chat, ChatScene.send("more"));
            assertThat(refused.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
            answers.expectNoMessage();
        } finally {
            readersAreWaiting.countDown();
            journal.resetPolicy();
        }
        ChatState state = answers.expectMessageClass(Chat.Done.class).state();
        for (int i = 0; i < ChatGate.ROOM; i++) {
            assertThat(answers.expectMessageClass(Chat.Current.class).state()).isEqualTo(state);
        }
        answers.expectNoMessage();
        assertThat(scene.done(chat, ChatScene.send("now")).version()).isGreaterThan(state.version());
    }

    private ActorRef<Chat.Command> startedAndRunning() {
        ActorRef<Chat.Command> chat = scene.start();
        scene.running(chat);
        return chat;
    }

    private ChatScene elsewhere() {
        return new ChatScene(KIT, id, ELSEWHERE);
    }
}
