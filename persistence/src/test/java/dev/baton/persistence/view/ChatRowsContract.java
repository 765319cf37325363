package dev.baton.persistence.view;

import static dev.baton.persistence.chat.Status.ERROR;
import static dev.baton.persistence.chat.Status.RUNNING;
import static dev.baton.persistence.view.SampleChat.chat;
import static dev.baton.persistence.view.SampleChat.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class ChatRowsContract extends ViewContract {

    @Test
    void aRowIsReadAsItWasWritten() {
        var row = new ChatRow(
                new ChatId(new UUID(1, 2)),
                "ann",
                "größer 🚀",
                "simulated/default",
                Status.ERROR,
                true,
                true,
                Map.of("team", "a \"b\""),
                3,
                17,
                4,
                new NodeId("akka://baton@127.0.0.1:25520#1"),
                new LastError(FailureKind.RATE_LIMIT, "too many"),
                true,
                Instant.parse("2026-05-01T10:00:00.123456Z"),
                Instant.parse("2026-05-01T10:00:01.000001Z"));
        write(new ChatUpdate(row, MessageChanges.all(17, List.of())));
        assertThat(rows.get(row.id())).contains(row);
        assertThat(rows.get(new ChatId(new UUID(9, 9)))).isEmpty();
    }

    @Test
    void listsPinnedChatsFirstAndThenTheNewest() {
        write(chat(1).update(), chat(2).onTop().update(), chat(3).update());
        assertThat(ids(ChatQuery.of("ann", 10))).containsExactly(2, 3, 1);
    }

    @Test
    void pagesMeetWithoutGapOrDuplicate() {
        for (int i = 1; i <= 25; i++) {
            write((i % 5 == 0 ? chat(i).onTop() : chat(i)).update());
        }
        var seen = new ArrayList<Integer>();
        Optional<String> cursor = Optional.empty();
        do {
            ChatPage page = rows.list(withCursor(cursor));
            assertThat(page.rows()).hasSizeBetween(1, 4);
            page.rows().forEach(row -> seen.add(number(row)));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        assertThat(seen).hasSize(25).doesNotHaveDuplicates().startsWith(25, 20, 15, 10, 5, 24, 23);
    }

    @Test
    void aPageThatEndsTheListHasNoCursor() {
        write(chat(1).update(), chat(2).update());
        assertThat(rows.list(ChatQuery.of("ann", 2)).nextCursor()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "!", "cCAxIDI", "LSBub3QtYS10aW1lIDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMQ"})
    void refusesACursorThatItNeverGave(String cursor) {
        assertThatExceptionOfType(ChatException.class)
                .isThrownBy(() -> rows.list(withCursor(Optional.of(cursor))))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CURSOR_UNKNOWN));
    }

    @Test
    void showsOnlyWhatIsAskedFor() {
        write(
                chat(1).update(),
                chat(2).of("bob").update(),
                chat(3).shelved().update(),
                chat(4).in(ERROR).labelled(Map.of("team", "a", "env", "x")).update(),
                chat(5).in(RUNNING).labelled(Map.of("team", "b")).update());
        assertThat(ids(ChatQuery.of("ann", 10))).containsExactly(5, 4, 1);
        assertThat(ids(query(Optional.empty(), Map.of(), Optional.empty(), false)))
                .containsExactly(5, 4, 2, 1);
        assertThat(ids(query(Optional.of("ann"), Map.of(), Optional.empty(), true)))
                .containsExactly(3);
        assertThat(ids(query(Optional.of("ann"), Map.of(), Optional.of(ERROR), false)))
                .containsExactly(4);
        assertThat(ids(query(Optional.of("ann"), Map.of(), Optional.of(Status.WAITING), false)))
                .containsExactly(1);
        assertThat(ids(query(Optional.empty(), Map.of("team", "b"), Optional.empty(), false)))
                .containsExactly(5);
        assertThat(ids(query(Optional.of("ann"), Map.of("team", "a", "env", "x"), Optional.empty(), false)))
                .containsExactly(4);
        assertThat(ids(query(Optional.of("ann"), Map.of("team", "a", "env", "y"), Optional.empty(), false)))
                .isEmpty();
    }

    @Test
    void findsWordsInTitlesAndMessages() {
        write(
                chat(1).titled("Holiday in Norway").update(message(1, "cheap flights to Bergen")),
                chat(2).titled("Taxes").update(message(1, "norway and its fjords"), message(2, "50% of_all! 'x'")),
                chat(3).of("bob").titled("Norway").update());
        assertThat(found("norway")).containsExactly(2, 1);
        assertThat(found("NORWAY holiday")).containsExactly(1);
        assertThat(found("flights berg")).containsExactly(1);
        assertThat(found("fjords taxes")).isEmpty();
        assertThat(found("50%")).containsExactly(2);
        assertThat(found("  ")).containsExactly(2, 1);
        assertThat(found("sweden")).isEmpty();
        assertThat(found("'; drop table chat; --")).isEmpty();
    }

    @Test
    void textThatADatabaseCannotKeepOrIndexIsStoredAllTheSame() {
        write(chat(1).titled("a\0b")
                .update(message(1, "nul\0byte"), message(2, "word ".repeat(400_000)), message(3, "")));
        assertThat(rows.get(chat(1).id()).orElseThrow().title()).isEqualTo("ab");
        assertThat(found("word")).containsExactly(1);
    }

    @Test
    void changesAreReadInTheOrderInWhichTheyWereWritten() {
        write(chat(1).update(), chat(2).update());
        long seen = rows.newestChange();
        write(chat(3).of("bob").update(), chat(1).at(2).update());
        write(chat(1).at(3).update());

        List<ChatChange> changes = rows.changesAfter(seen, Optional.empty(), 10);
        assertThat(changes.stream().map(ChatChange::row))
                .containsExactly(chat(3).of("bob").row(), chat(1).at(3).row());
        assertThat(changes).extracting(ChatChange::number).isSorted().allMatch(number -> number > seen);
        assertThat(rows.changesAfter(seen, Optional.of("ann"), 10)).hasSize(1);
        assertThat(rows.changesAfter(0, Optional.empty(), 2)).hasSize(2);
        assertThat(rows.changesAfter(rows.newestChange(), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void canBeAskedWithoutBlocking() {
        write(chat(1).update());
        var reads = new ChatReads(rows, database.executor());
        assertThat(reads.ask(asked -> asked.get(chat(1).id()))
                        .toCompletableFuture()
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join())
                .contains(chat(1).row());
    }

    @Test
    void theDatabasesClockMovesOn() {
        var time = new DatabaseTime(database, SETTINGS);
        Instant first =
                time.now().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
        Instant second =
                time.now().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(second).isAfterOrEqualTo(first).isAfter(SampleChat.START);
    }

    private List<Integer> found(String text) {
        return ids(new ChatQuery(
                Optional.of("ann"), Optional.of(text), Map.of(), Optional.empty(), false, Optional.empty(), 10));
    }

    private List<Integer> ids(ChatQuery query) {
        return rows.list(query).rows().stream().map(ChatRowsContract::number).toList();
    }

    private static int number(ChatRow row) {
        return (int) row.id().value().getLeastSignificantBits();
    }

    private static ChatQuery withCursor(Optional<String> cursor) {
        return new ChatQuery(Optional.of("ann"), Optional.empty(), Map.of(), Optional.empty(), false, cursor, 4);
    }

    private static ChatQuery query(
            Optional<String> owner, Map<String, String> labels, Optional<Status> status, boolean archived) {
        return new ChatQuery(owner, Optional.empty(), labels, status, archived, Optional.empty(), 10);
    }
}
