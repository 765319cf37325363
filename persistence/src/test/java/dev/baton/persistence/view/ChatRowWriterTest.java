package dev.baton.persistence.view;

import static dev.baton.persistence.view.SampleChat.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.schema.DatabaseException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChatRowWriterTest {
    private static final ActorTestKit KIT = ActorTestKit.create(
            ConfigFactory.parseString("akka.loggers = [akka.event.slf4j.Slf4jLogger], akka.loglevel = DEBUG"));
    private static final ViewSettings SETTINGS =
            new ViewSettings(3, 5, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(1));

    private final ScriptedTable table = new ScriptedTable();
    private final TestProbe<Runnable> executor = KIT.createTestProbe();
    private final TestProbe<List<ChatChange>> written = KIT.createTestProbe();
    private final TestProbe<Done> done = KIT.createTestProbe();
    private final ActorRef<ChatRowWriter.Command> writer =
            KIT.spawn(ChatRowWriter.create(table, executor.ref()::tell, SETTINGS, written.ref()::tell));

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void writesAtOnceWhenNothingIsUnderWay() {
        tell(1, 1);
        runOneWrite();
        assertThat(written.receiveMessage()).containsExactly(new ChatChange(1, chat(1).row()));
    }

    @Test
    void eachWriteTakesWhatCameWhileTheLastOneRan() {
        tell(1, 1);
        Runnable first = executor.receiveMessage();
        tell(2, 1);
        tell(3, 1);
        tell(2, 2);
        tell(4, 1);
        tell(5, 1);
        first.run();
        runOneWrite();
        runOneWrite();
        assertThat(flushed()).isEqualTo(Done.getInstance());
        assertThat(table.groups).containsExactly(List.of("1@1"), List.of("2@2", "3@1", "4@1"), List.of("5@1"));
    }

    @Test
    void aFailedWriteIsTriedAgainWithWhatCameMeanwhile() {
        table.failNext(new DatabaseException("away", null));
        table.failNext(new RejectedExecutionException("busy"));
        tell(1, 1);
        Runnable first = executor.receiveMessage();
        tell(2, 1);
        tell(1, 2);
        LoggingTestKit.info("chat rows are written again").expect(KIT.system(), () -> {
            LoggingTestKit.warn("chat rows cannot be written").expect(KIT.system(), () -> {
                first.run();
                runOneWrite();
                return Done.getInstance();
            });
            runOneWrite();
            return Done.getInstance();
        });
        assertThat(table.groups).containsExactly(List.of("1@2", "2@1"));
    }

    @Test
    void anExecutorThatRefusesIsAFailedWrite() {
        TestProbe<String> tries = KIT.createTestProbe();
        ActorRef<ChatRowWriter.Command> refused = KIT.spawn(ChatRowWriter.create(
                table,
                task -> {
                    tries.ref().tell("try");
                    throw new RejectedExecutionException("full");
                },
                SETTINGS,
                changes -> {}));
        refused.tell(new ChatRowWriter.Update(chat(1).update()));
        tries.expectMessage("try");
        tries.expectMessage("try");
        KIT.stop(refused);
    }

    @Test
    void aChatThatTheDatabaseRefusesDoesNotHoldUpTheOthers() {
        var refusal = new DatabaseException("refused", new SQLException("bad value", "22021"));
        table.refuse(update -> ScriptedTable.text(update).startsWith("2@"), refusal);
        tell(1, 1);
        Runnable first = executor.receiveMessage();
        tell(2, 1);
        tell(3, 1);
        first.run();
        LoggingTestKit.error("the database refuses its row").expect(KIT.system(), () -> {
            runOneWrite();
            return Done.getInstance();
        });
        assertThat(flushed()).isEqualTo(Done.getInstance());
        assertThat(table.groups).containsExactly(List.of("1@1"), List.of("3@1"));
    }

    @Test
    void leavesTheOldestToTheRepairWhenTooManyWait() {
        tell(1, 1);
        Runnable first = executor.receiveMessage();
        LoggingTestKit.warn("more than 5 chats wait for the database")
                .withOccurrences(1)
                .expect(KIT.system(), () -> {
                    for (int number = 2; number <= 8; number++) {
                        tell(number, 1);
                    }
                    return Done.getInstance();
                });
        first.run();
        runOneWrite();
        runOneWrite();
        assertThat(flushed()).isEqualTo(Done.getInstance());
        assertThat(table.groups).containsExactly(List.of("1@1"), List.of("4@1", "5@1", "6@1"), List.of("7@1", "8@1"));
    }

    @Test
    void aFlushWaitsForWhatCameBeforeItAndNotForMore() {
        tell(1, 1);
        Runnable first = executor.receiveMessage();
        tell(2, 1);
        writer.tell(new ChatRowWriter.Flush(done.ref()));
        first.run();
        Runnable second = executor.receiveMessage();
        tell(3, 1);
        done.expectNoMessage(Duration.ZERO);
        second.run();
        assertThat(done.receiveMessage()).isEqualTo(Done.getInstance());
        runOneWrite();
    }

    @Test
    void aCloseWritesWhatWaitsTakesNothingMoreAndStops() {
        tell(1, 1);
        Runnable first = executor.receiveMessage();
        tell(2, 1);
        writer.tell(new ChatRowWriter.Close(done.ref()));
        tell(3, 1);
        writer.tell(new ChatRowWriter.Close(done.ref()));
        first.run();
        runOneWrite();
        assertThat(done.receiveSeveralMessages(2)).hasSize(2);
        done.expectTerminated(writer);
        assertThat(table.groups).containsExactly(List.of("1@1"), List.of("2@1"));
    }

    @Test
    void closesAtOnceWhenNothingWaits() {
        writer.tell(new ChatRowWriter.Close(done.ref()));
        assertThat(done.receiveMessage()).isEqualTo(Done.getInstance());
        done.expectTerminated(writer);
    }

    private void tell(int number, int version) {
        writer.tell(new ChatRowWriter.Update(chat(number).at(version).update()));
    }

    private void runOneWrite() {
        executor.receiveMessage().run();
    }

    private Done flushed() {
        writer.tell(new ChatRowWriter.Flush(done.ref()));
        return done.receiveMessage();
    }
}
