package dev.baton.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Sink;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.schema.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a chat and its journal must do on every database. */
abstract class ChatContract {
    /** Far more than are written at the same time, so that most of them share a write. */
    private static final int TOGETHER = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChatId id = new ChatId(new UUID(7, 7));
    private final TestDatabase database = create();
    private final Deque<ActorTestKit> nodes = new ArrayDeque<>();

    abstract TestDatabase create();

    @AfterEach
    void drop() {
        while (!nodes.isEmpty()) {
            nodes.pop().shutdownTestKit();
        }
        database.close();
    }

    @Test
    void isTheSameOnAnotherNodeLater() {
        ActorTestKit first = node();
        ChatScene scene = scene(first, 1);
        ActorRef<Chat.Command> chat = scene.start();
        scene.idle(chat);
        ChatState before = scene.done(chat, ChatScene.send("again"));
        nodes.remove(first);
        first.shutdownTestKit();

        ChatScene later = scene(node(), 2);
        assertThat(later.current(later.start())).isEqualTo(before);
    }

    @Test
    void theSecondOfTwoWritersLosesAllOfItsCommitAndStops() {
        ChatScene winner = scene(node(), 1);
        ActorTestKit losersNode = node();
        ChatScene loser = scene(losersNode, 2);
        ActorRef<Chat.Command> winning = winner.start();
        ChatState running = winner.running(winning);
        ActorRef<Chat.Command> losing = loser.start();
        loser.current(losing);

        ChatState truth = winner.done(winning, ChatScene.rename("one event"));
        var refused = (Chat.Refused) loser.execute(losing, ChatScene.finish(running, "two events"));
        assertThat(refused.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
        losersNode.<Object>createTestProbe().expectTerminated(losing);
        assertThat(replayed(losersNode)).isEqualTo(truth);
        assertThat(loser.current(loser.start())).isEqualTo(truth);
    }

    @Test
    void aChatThatHasASecondWriterTakesNoOtherWithIt() {
        ChatScene winner = scene(node(), 1);
        ActorTestKit losersNode = node();
        ChatScene loser = scene(losersNode, 2);
        ActorRef<Chat.Command> winning = winner.start();
        winner.idle(winning);
        ActorRef<Chat.Command> losing = loser.start();
        loser.current(losing);
        winner.done(winning, ChatScene.rename("the winner's"));

        TestProbe<Chat.Reply> others = losersNode.createTestProbe();
        TestProbe<Chat.Reply> losers = losersNode.createTestProbe();
        List<ActorRef<Chat.Command>> read = LongStream.range(0, TOGETHER)
                .mapToObj(number -> readByItself(losersNode, number))
                .toList();
        for (int number = 0; number < TOGETHER; number++) {
            read.get(number).tell(new Chat.Execute(ChatScene.create("hello"), others.ref()));
            if (number == TOGETHER / 2) {
                losing.tell(new Chat.Execute(ChatScene.rename("the loser's"), losers.ref()));
            }
        }

        assertThat(losers.receiveMessage(PATIENCE)).isInstanceOf(Chat.Refused.class);
        assertThat(others.receiveSeveralMessages(TOGETHER, PATIENCE)).hasOnlyElementsOfType(Chat.Done.class);
    }

    @Test
    void twoWritersAtOnceNeverForkTheJournal() {
        ActorTestKit node = node();
        ChatScene one = scene(node, 1);
        ActorTestKit otherNode = node();
        ChatScene other = scene(otherNode, 2);
        ActorRef<Chat.Command> oneChat = one.start();
        one.done(oneChat, ChatScene.create(null));
        ActorRef<Chat.Command> otherChat = other.start();
        TestProbe<Chat.Reply> toOne = node.createTestProbe();
        TestProbe<Chat.Reply> toOther = otherNode.createTestProbe();
        int done = 0;
        for (int round = 0; round < 10; round++) {
            one.current(oneChat);
            other.current(otherChat);
            oneChat.tell(new Chat.Execute(ChatScene.rename("one " + round), toOne.ref()));
            otherChat.tell(new Chat.Execute(ChatScene.rename("other " + round), toOther.ref()));
            List<Chat.Reply> replies = List.of(toOne.receiveMessage(), toOther.receiveMessage());
            assertThat(replies.stream().filter(Chat.Done.class::isInstance)).hasSize(1);
            done++;
            if (replies.get(0) instanceof Chat.Done) {
                otherChat = other.start();
            } else {
                oneChat = one.start();
            }
        }
        assertThat(replayed(node).version()).isEqualTo(1 + done);
        assertThat(one.current(oneChat)).isEqualTo(other.current(otherChat)).isEqualTo(replayed(node));
    }

    @Test
    void replaysAnyPieceOfALongJournalPageByPage() {
        ActorTestKit node = node();
        List<ChatEvent> events = LongChat.turns(1, 300);
        LongChat.write(node, id, events);
        var journal = new JdbcChatJournal(node.system());

        List<ChatJournal.Entry> all = read(journal, node, 1, Long.MAX_VALUE);
        assertThat(all.stream().map(ChatJournal.Entry::event)).isEqualTo(events);
        assertThat(all.stream().map(ChatJournal.Entry::version))
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(read(journal, node, 499, 1002)).isEqualTo(all.subList(498, 1002));
        assertThat(read(journal, node, events.size(), events.size())).hasSize(1);
        assertThat(read(journal, node, events.size() + 1L, Long.MAX_VALUE)).isEmpty();
        assertThat(read(journal, node, 5, 4)).isEmpty();
    }

    @Test
    void readsItsNewestSnapshotAndTheEventsSince() throws SQLException {
        ActorTestKit node = node();
        ChatScene scene = new ChatScene(node, id, new NodeId("akka://baton@127.0.0.1:25520#1"), 10);
        ActorRef<Chat.Command> chat = scene.start();
        scene.done(chat, ChatScene.create(null));
        for (int version = 2; version <= 40; version++) {
            ChatCommand next = ChatScene.rename("title " + version);
            if (version % 10 == 0) {
                LoggingTestKit.debug(id + ": snapshot stored at version " + version)
                        .expect(node.system(), () -> scene.done(chat, next));
            } else {
                scene.done(chat, next);
            }
        }
        ChatState before = scene.done(chat, ChatScene.rename("the last"));
        assertThat(snapshots()).containsExactly(30L, 40L);

        scene.stop(chat);
        ChatState after = LoggingTestKit.debug("read from the snapshot at version 40 and 1 events")
                .expect(node.system(), () -> scene.current(scene.start()));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void readsAllItsEventsWhenItsSnapshotCannotBeRead() throws SQLException {
        ActorTestKit node = node();
        ChatScene scene = new ChatScene(node, id, new NodeId("akka://baton@127.0.0.1:25520#1"), 3);
        ActorRef<Chat.Command> chat = scene.start();
        scene.done(chat, ChatScene.create(null));
        scene.done(chat, ChatScene.rename("two"));
        ChatState before = LoggingTestKit.debug("snapshot stored at version 3")
                .expect(node.system(), () -> scene.done(chat, ChatScene.rename("three")));
        scene.stop(chat);
        try (Connection connection = database.open().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update snapshot set snapshot_ser_manifest = 'chat-state/99'");
        }
        ChatState after = LoggingTestKit.debug("read from the snapshot at version 0 and 3 events")
                .expect(node.system(), () -> scene.current(scene.start()));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void readsALongChatQuickly() throws SQLException {
        ActorTestKit node = node();
        LongChat.write(node, id, List.of(LongChat.created()));
        LongChat.write(node, id, LongChat.turns(1, 5000));
        ChatScene scene = scene(node, 1);
        ActorRef<Chat.Command> first = scene.start();
        LoggingTestKit.debug("snapshot stored at version 25002")
                .expect(node.system(), () -> scene.done(first, ChatScene.rename("very long")));
        scene.stop(first);
        LongChat.write(node, id, LongChat.turns(5001, 5199));

        ActorRef<Chat.Command> second =
                LoggingTestKit.debug("at version 25002 and 995 events").expect(node.system(), scene::start);
        assertThat(scene.current(second).history().messages()).hasSize(2 * 5199);
        scene.stop(second);

        var times = new ArrayList<Long>();
        for (int i = 0; i < 6; i++) {
            long start = System.nanoTime();
            ActorRef<Chat.Command> chat = scene.start();
            scene.current(chat);
            times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            scene.stop(chat);
        }
        System.out.println(getClass().getSimpleName()
                + ": 10,398 messages and the 995 events since the snapshot read in " + times + " ms");
    }

    private ChatState replayed(ActorTestKit node) {
        ChatState state = ChatState.none(id);
        long next = 1;
        for (ChatJournal.Entry entry : read(new JdbcChatJournal(node.system()), node, 1, Long.MAX_VALUE)) {
            assertThat(entry.version()).isEqualTo(next++);
            state = state.apply(entry.event());
        }
        return state;
    }

    private List<ChatJournal.Entry> read(ChatJournal journal, ActorTestKit node, long first, long last) {
        return journal.read(id, first, last)
                .runWith(Sink.seq(), node.system())
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private List<Long> snapshots() throws SQLException {
        var versions = new ArrayList<Long>();
        try (Connection connection = database.open().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select sequence_number from snapshot where persistence_id = 'Chat|" + id
                                + "' order by sequence_number")) {
            while (rows.next()) {
                versions.add(rows.getLong(1));
            }
        }
        return versions;
    }

    private ActorTestKit node() {
        ActorTestKit node = ActorTestKit.create(
                ActorSystem.create(Behaviors.empty(), "node", database.open().setup(ConfigFactory.load())));
        nodes.push(node);
        return node;
    }

    /** Another chat, ready to write. */
    private static ActorRef<Chat.Command> readByItself(ActorTestKit node, long number) {
        var scene = new ChatScene(node, new ChatId(new UUID(8, number)), new NodeId("2"));
        ActorRef<Chat.Command> chat = scene.start();
        TestProbe<Chat.Update> reader = node.createTestProbe();
        chat.tell(new Chat.Subscribe(reader.ref()));
        reader.receiveMessage(PATIENCE);
        return chat;
    }

    private ChatScene scene(ActorTestKit node, int number) {
        return new ChatScene(node, id, new NodeId("akka://baton@127.0.0.1:25520#" + number));
    }
}
