package dev.baton.persistence.ledger;

import static dev.baton.persistence.ledger.Calls.CHAT;
import static dev.baton.persistence.ledger.Calls.DEAD;
import static dev.baton.persistence.ledger.Calls.NODE;
import static dev.baton.persistence.ledger.Calls.NOW;
import static dev.baton.persistence.ledger.Calls.TARGET;
import static dev.baton.persistence.ledger.Calls.USAGE;
import static dev.baton.persistence.ledger.Calls.done;
import static dev.baton.persistence.ledger.Calls.end;
import static dev.baton.persistence.ledger.Calls.id;
import static dev.baton.persistence.ledger.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.journal.ValueJson;
import dev.baton.persistence.parts.Told;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the ledger must do on every database. */
abstract class LedgerContract {
    private static final LedgerSettings SETTINGS =
            Calls.settings("baton.ledger.content = full", "baton.ledger.content-length = 4");

    private final TestDatabase disposable = create();
    private final Database database = disposable.open();
    private final JdbcCallTable table = new JdbcCallTable(database, SETTINGS);
    private final LedgerReads reads = new LedgerReads(database, SETTINGS);
    private final OrphanCalls orphans = new OrphanCalls(database, SETTINGS);

    abstract TestDatabase create();

    @AfterEach
    void drop() {
        disposable.close();
    }

    @Test
    void keepsAllThatACallSays() {
        write(start(1));
        CallRow running = call(1).call();
        assertThat(running)
                .isEqualTo(new CallRow(
                        id(1),
                        start(1).asker(),
                        running.target(),
                        NODE,
                        start(1).at(),
                        null,
                        Outcome.RUNNING,
                        null,
                        null,
                        false,
                        Usage.NONE,
                        running.cost(),
                        "USD"));
        assertThat(running.target().price())
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(TARGET.price());

        write(new CallEnd(
                id(1),
                Outcome.FAILED,
                "timeout",
                "it broke \uD83D",
                TARGET,
                USAGE,
                NOW.plusSeconds(9),
                List.of(CallRecord.toolCall("c1", "look", "{\"a\":1}"), CallRecord.reasoning("h\0m"))));
        CallDetail ended = call(1);
        assertThat(ended.call().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.call().failureKind()).isEqualTo("timeout");
        assertThat(ended.call().failureText()).isEqualTo("it broke \uFFFD");
        assertThat(ended.call().usage()).isEqualTo(USAGE);
        assertThat(ended.call().usageKnown()).isTrue();
        assertThat(ended.call().endedAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(ended.records())
                .containsExactly(
                        new CallRecord(CallRecord.Kind.PROMPT, null, null, 5, "hell"),
                        new CallRecord(CallRecord.Kind.TOOL_CALL, "look", "c1", 7, "{\"a\""),
                        new CallRecord(CallRecord.Kind.REASONING, null, null, 3, "hm"));
    }

    @Test
    void fixesTheCostExactly() {
        write(start(1));
        write(done(1));
        // 500 plain, 400 from the cache, 100 into it, 200 out
        assertThat(call(1).call().cost()).isEqualByComparingTo("0.00305");
    }

    @Test
    void theFirstEndStays() {
        write(start(1));
        write(done(1));
        write(end(1, Outcome.CANCELLED, null));
        table.write(List.of(), List.of(new CallProgress(id(1), TARGET, Usage.NONE)), List.of());
        assertThat(call(1).call().outcome()).isEqualTo(Outcome.DONE);
        assertThat(call(1).call().usage()).isEqualTo(USAGE);
    }

    @Test
    void aWriteThatIsTriedAgainChangesNothing() {
        write(start(1));
        var end = new CallEnd(id(1), Outcome.DONE, null, null, TARGET, USAGE, NOW, List.of(CallRecord.reasoning("hm")));
        write(end);
        write(end);
        assertThat(call(1).records()).hasSize(2);
    }

    @Test
    void keepsNoContentWhenItMustNot() {
        var metadata = new JdbcCallTable(database, Calls.settings("baton.ledger.content = metadata"));
        metadata.write(List.of(start(1)), List.of(), List.of());
        var off = new JdbcCallTable(database, Calls.settings("baton.ledger.content = off"));
        off.write(List.of(start(2)), List.of(), List.of());
        assertThat(call(1).records()).containsExactly(new CallRecord(CallRecord.Kind.PROMPT, null, null, 5, null));
        assertThat(call(2).records()).isEmpty();
    }

    @Test
    void listsCallsPageByPage() {
        for (int i = 1; i <= 5; i++) {
            write(start(i));
        }
        var seen = new ArrayList<CallId>();
        Optional<String> cursor = Optional.empty();
        do {
            CallPage page = reads.page(CallFilter.ALL, cursor, 2);
            page.calls().forEach(call -> seen.add(call.id()));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        assertThat(seen).containsExactly(id(5), id(4), id(3), id(2), id(1));
        assertThatThrownBy(() -> reads.page(CallFilter.ALL, Optional.of("nonsense"), 2))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CURSOR_UNKNOWN));
    }

    @Test
    void listsWhatIsAskedFor() {
        write(start(1, "ada", NODE, null));
        write(start(2, "bob", NODE, null));
        write(done(2));
        assertThat(reads.page(filter("bob", "large", Outcome.DONE), Optional.empty(), 9)
                        .calls())
                .extracting(CallRow::id)
                .containsExactly(id(2));
        assertThat(reads.page(filter("ada", "large-1", Outcome.DONE), Optional.empty(), 9)
                        .calls())
                .isEmpty();
    }

    @Test
    void sumsUsageUp() {
        write(start(1, "ada", NODE, null));
        write(start(2, "bob", NODE, null));
        write(start(3, "bob", NODE, null));
        write(start(4, "bob", NODE, null));
        write(done(1));
        write(done(2));
        write(end(3, Outcome.CANCELLED, null));
        List<UsageSum> sums = reads.usage(CallFilter.ALL, Grouping.OWNER);
        assertThat(sums).extracting(UsageSum::group).containsExactly("ada", "bob");
        UsageSum bob = sums.get(1);
        assertThat(List.of(bob.calls(), bob.running(), bob.unknown())).containsExactly(3L, 1L, 1L);
        assertThat(bob.usage()).isEqualTo(USAGE);
        assertThat(bob.cost()).isEqualByComparingTo("0.00305");

        UsageSum day = reads.usage(CallFilter.ofChat(CHAT), Grouping.DAY).get(0);
        assertThat(day.group()).isEqualTo("2026-03-04");
        assertThat(day.usage()).isEqualTo(USAGE.plus(USAGE));
        assertThat(reads.usage(CallFilter.ALL, Grouping.MODEL).get(0).group()).isEqualTo("cloud/large-1");
        assertThat(reads.usage(CallFilter.ALL, Grouping.PROVIDER).get(0).group())
                .isEqualTo("cloud");
    }

    @Test
    void endsTheCallsOfNodesThatAreGoneOnce() {
        write(start(1, "ada", DEAD, null));
        write(start(2, "ada", NODE, null));
        table.write(List.of(), List.of(new CallProgress(id(1), TARGET, new Usage(1_000, 0, 0, 0))), List.of());
        assertThat(orphans.end(Set.of(NODE), NOW, 10)).isEqualTo(1);
        assertThat(orphans.end(Set.of(NODE), NOW, 10)).isZero();
        CallRow orphan = call(1).call();
        assertThat(orphan.outcome()).isEqualTo(Outcome.ORPHANED);
        assertThat(orphan.usageKnown()).isTrue();
        assertThat(orphan.cost()).isEqualByComparingTo(new BigDecimal("0.002"));
        assertThat(call(2).call().outcome()).isEqualTo(Outcome.RUNNING);
    }

    @Test
    void anOrphanUsedWhatThePartLogKnowsOfIt() {
        write(start(1, "ada", DEAD, new CallAttempt(3, 1, 2)));
        write(start(2, "ada", DEAD, new CallAttempt(3, 2, 2)));
        logged(1, 2, new Told(null, Usage.NONE, new Usage(9, 0, 0, 0), null));
        logged(2, 2, new Told(null, Usage.NONE, new Usage(9, 3, 0, 0), null));
        logged(3, 5, new Told(null, new Usage(9, 3, 0, 0), new Usage(12, 0, 0, 0), null));
        assertThat(orphans.end(Set.of(), NOW, 10)).isEqualTo(2);
        assertThat(call(1).call().usage()).isEqualTo(new Usage(9, 3, 0, 0));
        assertThat(call(2).call().usageKnown()).isFalse();
    }

    @Test
    void forgetsOldCallsInBatches() {
        for (int i = 1; i <= 4; i++) {
            write(start(i));
        }
        write(done(1));
        write(done(2));
        write(done(3));
        assertThat(orphans.purge(NOW.plus(Duration.ofHours(1)), 2)).isEqualTo(2);
        assertThat(orphans.purge(NOW.plus(Duration.ofHours(1)), 2)).isEqualTo(1);
        assertThat(orphans.purge(NOW.plus(Duration.ofHours(1)), 2)).isZero();
        assertThat(reads.page(CallFilter.ALL, Optional.empty(), 9).calls()).hasSize(1);
        assertThat(reads.call(id(1))).isEmpty();
    }

    private void logged(int chunk, long epoch, Told told) {
        Query insert = new Query()
                .add(
                        "insert into part_chunk (chat_id, history_version, attempt, chunk, epoch, first_seq, part_count,"
                                + " parts, told, ahead, written_at) values (?, 3, 1, ?, ?, 0, 0, '[]', ?, false, ?)",
                        CHAT.value(),
                        chunk,
                        epoch,
                        ValueJson.write(told),
                        Jdbc.time(NOW));
        int unused =
                Jdbc.run(database.dataSource(), "log", connection -> insert.update(connection, Duration.ofSeconds(9)));
    }

    private void write(CallStart start) {
        table.write(List.of(start), List.of(), List.of());
    }

    private void write(CallEnd end) {
        table.write(List.of(), List.of(), List.of(end));
    }

    private CallDetail call(int number) {
        return reads.call(id(number)).orElseThrow();
    }

    private static CallFilter filter(String owner, String model, Outcome outcome) {
        return new CallFilter(
                Optional.of(owner),
                Optional.of(CHAT),
                Optional.of("cloud"),
                Optional.of(model),
                Optional.of(outcome),
                Optional.of(NOW),
                Optional.of(NOW.plusSeconds(100)));
    }
}
