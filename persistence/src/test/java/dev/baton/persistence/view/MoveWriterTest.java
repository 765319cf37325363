package dev.baton.persistence.view;

import static dev.baton.persistence.view.Moves.NOW;
import static dev.baton.persistence.view.Moves.move;
import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.baton.persistence.schema.DatabaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MoveWriterTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final ViewSettings VIEW =
            new ViewSettings(2, 5, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(1));
    private static final MoveSettings SETTINGS = new MoveSettings(Duration.ofHours(1), Duration.ofHours(1), 2, 3);

    private final List<List<Long>> groups = new ArrayList<>();
    private final List<Instant> purges = new ArrayList<>();
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean myTurn = new AtomicBoolean(true);
    private final TestProbe<Runnable> executor = KIT.createTestProbe();
    private final TestProbe<Done> done = KIT.createTestProbe();
    private final ActorRef<MoveWriter.Command> writer = KIT.spawn(MoveWriter.writing(
            new Table(), executor.ref()::tell, VIEW, SETTINGS, new MoveWriter.Purge(myTurn::get, () -> NOW)));

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void eachWriteTakesWhatCameWhileTheLastOneRan() {
        add(1);
        Runnable first = executor.receiveMessage();
        add(2);
        add(3);
        add(4);
        first.run();
        executor.receiveMessage().run();
        executor.receiveMessage().run();
        assertThat(groups).containsExactly(List.of(1L), List.of(2L, 3L), List.of(4L));
    }

    @Test
    void whatCouldNotBeWrittenComesFirstTheNextTime() {
        away.set(true);
        add(1);
        Runnable first = executor.receiveMessage();
        add(2);
        first.run();
        Runnable second = executor.receiveMessage();
        away.set(false);
        second.run();
        assertThat(groups).containsExactly(List.of(1L, 2L));
    }

    @Test
    void letsTheOldestGoWhenTooManyWait() {
        add(1);
        Runnable first = executor.receiveMessage();
        for (int i = 2; i <= 6; i++) {
            add(i);
        }
        first.run();
        executor.receiveMessage().run();
        executor.receiveMessage().run();
        assertThat(groups).containsExactly(List.of(1L), List.of(4L, 5L), List.of(6L));
    }

    @Test
    void closesWhenAllIsWritten() {
        add(1);
        Runnable first = executor.receiveMessage();
        add(2);
        writer.tell(new MoveWriter.Close(done.ref()));
        first.run();
        executor.receiveMessage().run();
        done.receiveMessage();
        done.expectTerminated(writer);
        assertThat(groups).containsExactly(List.of(1L), List.of(2L));
    }

    @Test
    void closesAlsoWhenItCannotWrite() {
        away.set(true);
        add(1);
        writer.tell(new MoveWriter.Close(done.ref()));
        executor.receiveMessage().run();
        done.receiveMessage();
        done.expectTerminated(writer);
    }

    @Test
    void purgesUntilABatchIsNotFull() {
        writer.tell(new MoveWriter.PurgeDue());
        executor.receiveMessage().run();
        executor.receiveMessage().run();
        executor.expectNoMessage(Duration.ofMillis(1));
        Instant end = NOW.minus(Duration.ofHours(1));
        assertThat(purges).containsExactly(end, end);
    }

    @Test
    void leavesThePurgeToTheNodeWhoseTurnItIs() {
        myTurn.set(false);
        writer.tell(new MoveWriter.PurgeDue());
        add(1);
        executor.receiveMessage().run();
        assertThat(purges).isEmpty();
        assertThat(groups).containsExactly(List.of(1L));
    }

    private void add(long number) {
        writer.tell(new MoveWriter.Add(move(number, 1, 0)));
    }

    /** A table in memory; the first purge finds a full batch. */
    private final class Table implements MoveTable {
        @Override
        public void write(List<RunnerMove> moves) {
            if (away.get()) {
                throw new DatabaseException("away", null);
            }
            groups.add(moves.stream()
                    .map(move -> move.chat().value().getLeastSignificantBits())
                    .toList());
        }

        @Override
        public int purge(Instant end, int count) {
            purges.add(end);
            return purges.size() == 1 ? count : 0;
        }
    }
}
