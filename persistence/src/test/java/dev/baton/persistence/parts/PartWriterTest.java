package dev.baton.persistence.parts;

import static dev.baton.persistence.parts.Said.KEY;
import static dev.baton.persistence.parts.Said.SETTINGS;
import static dev.baton.persistence.parts.Said.chunk;
import static dev.baton.persistence.parts.Said.get;
import static dev.baton.persistence.parts.Said.key;
import static dev.baton.persistence.parts.Said.words;
import static dev.baton.persistence.parts.ScriptedPartTable.Fault.ANSWER_LOST;
import static dev.baton.persistence.parts.ScriptedPartTable.Fault.AWAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.parts.PartLog.Claim.Claimed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartWriterTest {
    private final ScriptedPartTable table = new ScriptedPartTable();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final PartWriter log = new PartWriter(table, thread, SETTINGS);

    @AfterEach
    void close() {
        get(log.close());
        thread.shutdownNow();
    }

    @Test
    void writesTogetherWhatCameWhileItWrote() {
        Queue<Runnable> work = new ArrayDeque<>();
        var stepped = new PartWriter(table, work::add, SETTINGS);
        stepped.append(chunk(key(1, 5, 1), 1, 1, "a"));
        stepped.append(chunk(key(2, 5, 1), 1, 1, "b", "c"));
        stepped.append(chunk(key(3, 5, 1), 1, 1, "d"));
        assertThat(work).as("writes under way").hasSize(1);
        work.remove().run();
        assertThat(table.groups).containsExactly(4);
        assertThat(work).isEmpty();
    }

    @Test
    void writesNoMorePartsAtOnceThanItMay() {
        Queue<Runnable> work = new ArrayDeque<>();
        var stepped = new PartWriter(table, work::add, SETTINGS);
        String[] words = Collections.nCopies(200, "w").toArray(new String[0]);
        for (int chat = 1; chat <= 5; chat++) {
            stepped.append(chunk(key(chat, 5, 1), 1, 1, words));
        }
        work.remove().run();
        assertThat(table.groups).containsExactly(400, 400, 200);
    }

    @Test
    void whatIsLargerThanAGroupIsWrittenAlone() {
        String[] words = Collections.nCopies(SETTINGS.groupSize() + 1, "w").toArray(new String[0]);
        assertThat(get(log.append(chunk(1, 1, words)))).isTrue();
    }

    @Test
    void waitsForADatabaseThatIsAway() {
        table.next(AWAY, AWAY, AWAY);
        assertThat(get(log.append(chunk(1, 1, "One")))).isTrue();
        assertThat(table.read(KEY)).containsExactly(chunk(1, 1, "One"));
    }

    @Test
    void aChunkWhoseAnswerWasLostIsItsOwn() {
        table.next(ANSWER_LOST);
        assertThat(get(log.append(chunk(1, 1, "One")))).isTrue();
        assertThat(table.read(KEY)).containsExactly(chunk(1, 1, "One"));
    }

    @Test
    void aChunkThatSomebodyElseWroteMeanwhileIsNot() {
        table.insert(List.of(chunk(1, 1, "Somebody's")));
        table.next(AWAY);
        assertThat(get(log.append(chunk(1, 1, "One")))).isFalse();
    }

    @Test
    void claimsWhatIsThereWhenTheDatabaseIsBack() {
        table.insert(List.of(chunk(1, 1), chunk(2, 1, "One")));
        table.next(AWAY, ANSWER_LOST, AWAY, AWAY);
        assertThat(get(log.claim(KEY, 2, false)))
                .isEqualTo(new Claimed(new LoggedEpisode(3, words("One"), Told.NOTHING, true)));
    }

    @Test
    void aChunkThatTheDatabaseRefusesHoldsUpNobodyElse() {
        Queue<Runnable> work = new ArrayDeque<>();
        var stepped = new PartWriter(table, work::add, SETTINGS);
        CompletionStage<Boolean> refused = stepped.append(chunk(key(1, 5, 1), 1, 1, "refuse me"));
        CompletionStage<Boolean> other = stepped.append(chunk(key(2, 5, 1), 1, 1, "fine"));
        work.remove().run();
        assertThat(get(other)).isTrue();
        assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void triesAgainWhenNoThreadIsFree() {
        var refusals = new ArrayList<>(List.of(1, 2));
        var busy = new PartWriter(
                table,
                work -> {
                    if (!refusals.isEmpty()) {
                        refusals.remove(0);
                        throw new RejectedExecutionException("all are busy");
                    }
                    thread.execute(work);
                },
                SETTINGS);
        assertThat(get(busy.append(chunk(1, 1, "One")))).isTrue();
    }

    @Test
    void deletesWhenNothingElseWaits() {
        log.delete(KEY.chat(), 4);
        log.delete(KEY.chat(), 5);
        log.delete(KEY.chat(), 3);
        get(log.close());
        assertThat(table.deleted.get(KEY.chat())).isEqualTo(5);
    }

    @Test
    void aCloseDoesNotWaitForADatabaseThatIsAway() {
        Queue<Runnable> work = new ArrayDeque<>();
        var stepped = new PartWriter(table, work::add, SETTINGS);
        CompletionStage<Boolean> append = stepped.append(chunk(1, 1, "One"));
        CompletionStage<?> closed = stepped.close();
        table.next(AWAY);
        assertThat(closed.toCompletableFuture()).isNotDone();
        work.remove().run();
        assertThat(closed.toCompletableFuture()).isCompleted();
        assertThat(append.toCompletableFuture()).isCompletedExceptionally();
        assertThat(stepped.close().toCompletableFuture()).isCompleted();
    }
}
