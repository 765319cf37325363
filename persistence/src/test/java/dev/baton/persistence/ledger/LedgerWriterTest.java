package dev.baton.persistence.ledger;

import static dev.baton.persistence.ledger.Calls.done;
import static dev.baton.persistence.ledger.Calls.end;
import static dev.baton.persistence.ledger.Calls.get;
import static dev.baton.persistence.ledger.Calls.id;
import static dev.baton.persistence.ledger.Calls.start;
import static dev.baton.persistence.ledger.ScriptedCallTable.Fault.ANSWER_LOST;
import static dev.baton.persistence.ledger.ScriptedCallTable.Fault.AWAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerWriterTest {
    private final ScriptedCallTable table = new ScriptedCallTable();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final LedgerWriter ledger = new LedgerWriter(table, thread, Calls.settings());
    private final Queue<Runnable> work = new ArrayDeque<>();

    @AfterEach
    void close() {
        get(ledger.close());
        thread.shutdownNow();
    }

    @Test
    void writesTogetherWhatCameWhileItWrote() {
        var stepped = new LedgerWriter(table, work::add, Calls.settings());
        stepped.start(start(1));
        stepped.start(start(2));
        assertThat(stepped.pending()).isEqualTo(2);
        assertThat(work).hasSize(1);
        work.remove().run();
        assertThat(table.groups).containsExactly(2);
        assertThat(stepped.pending()).isZero();
    }

    @Test
    void writesNoMoreAtOnceThanItMay() {
        var stepped = new LedgerWriter(table, work::add, Calls.settings("baton.ledger.group-size = 2"));
        for (int i = 1; i <= 5; i++) {
            stepped.start(start(i));
        }
        work.remove().run();
        assertThat(table.groups).containsExactly(2, 2, 1);
    }

    @Test
    void keepsOnlyTheNewestUsageOfACall() {
        var stepped = new LedgerWriter(table, work::add, Calls.settings());
        stepped.used(new CallProgress(id(1), Calls.TARGET, Calls.USAGE));
        stepped.used(new CallProgress(id(1), Calls.TARGET, Calls.USAGE.plus(Calls.USAGE)));
        assertThat(stepped.pending()).isEqualTo(1);
    }

    @Test
    void aStartThatCannotBeWrittenFailsAtOnce() {
        table.next(AWAY);
        assertThatThrownBy(() -> get(ledger.start(start(1)))).hasMessageContaining("away");
    }

    @Test
    void endsTheRowOfAStartWhoseOutcomeNobodyKnew() {
        table.next(ANSWER_LOST);
        assertThatThrownBy(() -> get(ledger.start(start(1)))).hasMessageContaining("away");
        get(ledger.start(start(2)));
        get(ledger.end(done(2)));
        assertThat(table.ended)
                .hasEntrySatisfying(id(1), end -> assertThat(end.outcome()).isEqualTo(Outcome.FAILED));
    }

    @Test
    void triesToWriteAnEndUntilTheDatabaseIsBack() {
        get(ledger.start(start(1)));
        table.next(AWAY, ANSWER_LOST, AWAY);
        get(ledger.end(done(1)));
        assertThat(table.ended).containsEntry(id(1), done(1));
    }

    @Test
    void aStartThatTheDatabaseRefusesHoldsUpNobodyElse() {
        var stepped = new LedgerWriter(table, work::add, Calls.settings());
        CompletionStage<Done> refused = stepped.start(start(1, "refuse me", Calls.NODE, null));
        CompletionStage<Done> other = stepped.start(start(2));
        work.remove().run();
        assertThat(other.toCompletableFuture()).isCompleted();
        assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void anEndWhoseRecordsAreRefusedIsWrittenWithoutThem() {
        get(ledger.start(start(1)));
        var whole = new CallEnd(
                id(1),
                Outcome.DONE,
                null,
                null,
                Calls.TARGET,
                Calls.USAGE,
                Calls.NOW,
                List.of(CallRecord.reasoning("hm")));
        get(ledger.end(whole));
        assertThat(table.ended)
                .hasEntrySatisfying(id(1), end -> assertThat(end.records()).isEmpty());
    }

    @Test
    void refusesCallsWhenTooMuchWaits() {
        var stepped = new LedgerWriter(table, work::add, Calls.settings("baton.ledger.pending = 1"));
        stepped.start(start(1));
        assertThat(stepped.start(start(2)).toCompletableFuture()).isCompletedExceptionally();
        CompletionStage<Done> end = stepped.end(done(1));
        work.remove().run();
        assertThat(end.toCompletableFuture()).isCompleted();
    }

    @Test
    void writesWhatWaitsBeforeItIsClosedAndTakesNothingAfter() {
        var stepped = new LedgerWriter(table, work::add, Calls.settings());
        CompletionStage<Done> start = stepped.start(start(1));
        CompletionStage<Done> closed = stepped.close();
        assertThat(closed.toCompletableFuture()).isNotDone();
        assertThat(stepped.start(start(2)).toCompletableFuture()).isCompletedExceptionally();
        assertThat(stepped.end(done(2)).toCompletableFuture()).isCompletedExceptionally();
        work.remove().run();
        assertThat(start.toCompletableFuture()).isCompleted();
        assertThat(closed.toCompletableFuture()).isCompleted();
        assertThat(stepped.close().toCompletableFuture()).isCompleted();
    }

    @Test
    void givesUpWhenItIsClosedWhileTheDatabaseIsAway() {
        var stepped = new LedgerWriter(table, work::add, Calls.settings());
        CompletionStage<Done> end = stepped.end(end(1, Outcome.CANCELLED, null));
        CompletionStage<Done> closed = stepped.close();
        table.next(AWAY);
        work.remove().run();
        assertThat(closed.toCompletableFuture()).isCompleted();
        assertThat(end.toCompletableFuture()).isCompletedExceptionally();
    }
}
