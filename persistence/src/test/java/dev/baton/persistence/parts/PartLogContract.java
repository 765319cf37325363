package dev.baton.persistence.parts;

import static dev.baton.persistence.parts.Said.KEY;
import static dev.baton.persistence.parts.Said.SETTINGS;
import static dev.baton.persistence.parts.Said.at;
import static dev.baton.persistence.parts.Said.chunk;
import static dev.baton.persistence.parts.Said.get;
import static dev.baton.persistence.parts.Said.key;
import static dev.baton.persistence.parts.Said.withTold;
import static dev.baton.persistence.parts.Said.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.parts.PartLog.Claim;
import dev.baton.persistence.parts.PartLog.Claim.Claimed;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes with a part log in the same database. */
abstract class PartLogContract {
    private static final int RACES = 30;

    private final TestDatabase test = create();
    private final Database database = test.open();
    private final JdbcPartTable table = new JdbcPartTable(database, Duration.ofSeconds(5));
    private final PartWriter here = PartWriter.of(database, SETTINGS);
    private final PartWriter there = PartWriter.of(test.open(), SETTINGS);

    abstract TestDatabase create();

    @AfterEach
    void close() {
        get(here.close());
        get(there.close());
        test.close();
    }

    @Test
    void aNewEpisodeIsEmpty() {
        assertThat(claim(here, KEY, 1)).isEqualTo(new LoggedEpisode(1, List.of(), Told.NOTHING, true));
    }

    @Test
    void whatWasLoggedIsThereForTheNextRunner() {
        claim(here, KEY, 1);
        append(here, chunk(2, 1, "One", " two"));
        append(here, withTold(chunk(3, 3, " three"), at("p3")));
        assertThat(claim(there, KEY, 2))
                .isEqualTo(new LoggedEpisode(4, words("One", " two", " three"), at("p3"), true));
    }

    @Test
    void keepsEveryKindOfPartAsItWas() {
        List<Part> parts = List.of(
                new Part.Reasoning("hm\n", null),
                new Part.Reasoning("", "signed"),
                new Part.Text("a \"b\" \\ \u0000 \ud83d\ude00 {} , null"),
                new Part.Text("half a pair \ud83d"),
                new Part.ToolCall("c1", "weather", "{\"city\":\"Ulm\"}"));
        claim(here, KEY, 1);
        append(here, new Chunk(KEY, 2, 1, 1, parts, null, false));
        assertThat(claim(there, KEY, 2).parts()).isEqualTo(parts);
    }

    @Test
    void whoeverWroteBeforeAClaimIsRefusedAfterIt() {
        claim(here, KEY, 1);
        append(here, chunk(2, 1, "One"));
        claim(there, KEY, 2);
        assertThat(get(here.append(chunk(3, 2, " lost")))).isFalse();
        append(there, new Chunk(KEY, 4, 2, 2, words(" two"), null, false));
        assertThat(claim(here, KEY, 3).parts()).isEqualTo(words("One", " two"));
    }

    @Test
    void anOlderEpochClaimsNothing() {
        claim(there, KEY, 2);
        assertThat(get(here.claim(KEY, 1, false))).isEqualTo(new Claim.Fenced());
    }

    @Test
    void theSameRunnerMayClaimAgain() {
        claim(here, KEY, 1);
        append(here, chunk(2, 1, "One"));
        assertThat(claim(here, KEY, 1)).isEqualTo(new LoggedEpisode(3, words("One"), Told.NOTHING, true));
    }

    @Test
    void ofTwoWritersOfTheSameChunkOneIsRefused() {
        for (int race = 1; race <= RACES; race++) {
            EpisodeKey key = key(race, 5, 1);
            CompletionStage<Boolean> one = here.append(chunk(key, 1, 1, "one"));
            CompletionStage<Boolean> other = there.append(chunk(key, 1, 1, "other"));
            assertThat(List.of(get(one), get(other))).containsExactlyInAnyOrder(true, false);
            assertThat(table.read(key))
                    .extracting(Chunk::parts)
                    .containsExactly(get(one) ? words("one") : words("other"));
        }
    }

    @Test
    void whileSomebodyWritesAClaimFindsAllThatWasNotRefused() {
        for (int race = 1; race <= RACES; race++) {
            EpisodeKey key = key(race, 5, 1);
            claim(here, key, 1);
            CompletableFuture<Integer> accepted = CompletableFuture.supplyAsync(() -> appendUntilRefused(key));
            LoggedEpisode claimed = claim(there, key, 2);
            assertThat(get(accepted)).isEqualTo(claimed.parts().size());
        }
    }

    private int appendUntilRefused(EpisodeKey key) {
        int accepted = 0;
        while (get(here.append(chunk(key, accepted + 2, accepted + 1, " word")))) {
            accepted++;
        }
        return accepted;
    }

    @Test
    void countsNothingBehindAGap() {
        claim(here, KEY, 1);
        append(here, chunk(2, 1, "One", " two"));
        append(here, chunk(5, 7, " seven"));
        assertThat(claim(there, KEY, 2)).isEqualTo(new LoggedEpisode(6, words("One", " two"), Told.NOTHING, false));
    }

    @Test
    void knowsThatMoreMayHaveBeenShown() {
        get(here.claim(KEY, 1, true));
        assertThat(claim(there, KEY, 2).exact()).isFalse();
        assertThat(claim(here, KEY, 3).exact()).as("whoever claims it next").isFalse();
    }

    @Test
    void aWriterThatShowsPartsAtOnceCanSayThatNoneIsMissing() {
        get(here.claim(KEY, 1, true));
        append(here, new Chunk(KEY, 2, 1, 1, words("One"), null, true));
        append(here, chunk(3, 2));
        assertThat(claim(there, KEY, 2)).isEqualTo(new LoggedEpisode(4, words("One"), Told.NOTHING, true));
    }

    @Test
    void deletesTheEpisodesUpToAHistoryVersion() {
        append(here, chunk(key(1, 4, 1), 1, 1, "old"));
        append(here, chunk(key(1, 5, 1), 1, 1, "failed"));
        append(here, chunk(key(1, 5, 2), 1, 1, "ended"));
        append(here, chunk(key(1, 6, 1), 1, 1, "running"));
        append(here, chunk(key(2, 5, 1), 1, 1, "another's"));
        here.delete(KEY.chat(), 5);
        get(here.close());
        assertThat(texts("select parts from part_chunk order by chat_id, history_version"))
                .containsExactly(json("running"), json("another's"));
    }

    @Test
    void writesGroupsOfMoreThanAStatementHolds() {
        var appends = new ArrayList<CompletionStage<Boolean>>();
        for (int chat = 1; chat <= 1_200; chat++) {
            appends.add(here.append(chunk(key(chat, 5, 1), 1, 1, "One", " two")));
            here.delete(key(chat, 4, 1).chat(), 4);
        }
        assertThat(appends).allMatch(Said::get);
        assertThat(texts("select count(*) from part_chunk")).containsExactly("1200");
    }

    @Test
    void deletesWhatWasLeftBehind() {
        append(here, chunk(key(1, 5, 1), 1, 1, "idle"));
        append(here, chunk(key(2, 5, 1), 1, 1, "at work"));
        append(here, chunk(key(3, 5, 1), 1, 1, "the row lags"));
        append(here, chunk(key(4, 5, 1), 1, 1, "without a row"));
        row(1, 9, false);
        row(2, 9, true);
        row(3, 5, false);
        assertThat(table.deleteOrphans(Duration.ofMinutes(1), 100))
                .as("too new")
                .isZero();
        execute("update part_chunk set written_at = timestamp '2020-01-01 00:00:00'");
        append(here, chunk(key(1, 6, 1), 1, 1, "new"));
        assertThat(table.deleteOrphans(Duration.ofMinutes(1), 100)).isEqualTo(1);
        assertThat(texts("select parts from part_chunk order by chat_id, history_version"))
                .containsExactly(json("new"), json("at work"), json("the row lags"), json("without a row"));
    }

    @Test
    void deletesWhatWasLeftBehindInBatches() {
        for (int number = 1; number <= 3; number++) {
            append(here, chunk(number, number, "idle"));
        }
        row(1, 9, false);
        execute("update part_chunk set written_at = timestamp '2020-01-01 00:00:00'");
        assertThat(table.deleteOrphans(Duration.ZERO, 2)).isEqualTo(2);
        assertThat(table.deleteOrphans(Duration.ZERO, 2)).isEqualTo(1);
    }

    @Test
    void nothingIsLoggedAfterTheClose() {
        CompletionStage<Boolean> before = here.append(chunk(1, 1, "One"));
        get(here.close());
        assertThat(get(before)).isTrue();
        assertThat(here.append(chunk(2, 2, " two")).toCompletableFuture()).isCompletedExceptionally();
        assertThat(table.read(KEY)).containsExactly(chunk(1, 1, "One"));
    }

    private static LoggedEpisode claim(PartLog log, EpisodeKey key, long epoch) {
        Claim claim = get(log.claim(key, epoch, false));
        assertThat(claim).isInstanceOf(Claimed.class);
        return ((Claimed) claim).episode();
    }

    private static void append(PartLog log, Chunk chunk) {
        assertThat(get(log.append(chunk))).isTrue();
    }

    private static String json(String word) {
        return "[{\"type\":\"text\",\"text\":\"" + word + "\"}]";
    }

    private void row(int chat, long version, boolean hasWork) {
        String columns = "'%s', 'ann', '', 'm', 'WAITING', false, false, '{}', 0, %d, %d, 1, %s, %s, %s, %d"
                .formatted(
                        key(chat, 5, 1).chat(),
                        version,
                        version,
                        hasWork,
                        "current_timestamp",
                        "current_timestamp",
                        chat);
        execute("insert into chat (chat_id, owner, title, model, status, archived, pinned, labels, queued_messages,"
                + " version, complete_version, epoch, has_work, created_at, updated_at, changed) values (" + columns
                + ")");
    }

    private void execute(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    private List<String> texts(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }
}
