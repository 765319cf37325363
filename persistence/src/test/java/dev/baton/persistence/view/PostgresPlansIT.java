package dev.baton.persistence.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With many chats, PostgreSQL reads what is asked for by an index instead of looking at all of them. */
class PostgresPlansIT extends ViewContract {
    private static final Optional<String> ANN = Optional.of("o1");
    private static final Optional<String> NOBODY = Optional.empty();
    private static final ChatId CHAT = new ChatId(UUID.fromString("00000000-0000-0000-0001-000000000001"));

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }

    @BeforeEach
    void fill() {
        execute("insert into chat select ('00000000-0000-0000-0001-' || lpad(i::text, 12, '0'))::uuid, 'o' || i % 100,"
                + " 'word' || i, 'm', case when i % 500 = 1 then 'ERROR' when i % 300 = 1 then 'RUNNING' else 'WAITING'"
                + " end, i % 3 = 0, false, '{}', 0, 1, 1, 1, null, null, null, i % 300 = 1, now(),"
                + " now() + i * interval '1 second', i from generate_series(1, 20000) i");
        execute("insert into chat_message select chat_id, 1, 'USER', 'text of ' || title, now() from chat");
        execute("insert into chat_label select chat_id, 'team', title from chat");
        execute("vacuum analyze chat");
        execute("vacuum analyze chat_message");
        execute("vacuum analyze chat_label");
    }

    @Test
    void findsByAnIndex() {
        var cursor = Optional.of(new ListCursor(false, Instant.parse("2030-01-01T00:00:00Z"), CHAT).toString());
        Map<String, Query> statements = Map.of(
                "first page", rows.listing(list(ANN, "", Map.of(), Optional.empty(), Optional.empty())),
                "next page", rows.listing(list(ANN, "", Map.of(), Optional.empty(), cursor)),
                "page of everyone", rows.listing(list(NOBODY, "", Map.of(), Optional.empty(), cursor)),
                "by status", rows.listing(list(ANN, "", Map.of(), Optional.of(Status.ERROR), Optional.empty())),
                "everyone's by status",
                        rows.listing(list(NOBODY, "", Map.of(), Optional.of(Status.ERROR), Optional.empty())),
                "by label", rows.listing(list(ANN, "", Map.of("team", "word1"), Optional.empty(), Optional.empty())),
                "by text", rows.listing(list(ANN, "text word1001", Map.of(), Optional.empty(), Optional.empty())),
                "with work", ChatSweep.working(Optional.of(CHAT), Set.of(new NodeId("a"), new NodeId("b")), 100),
                "changes", ChatRows.changing(19_900, NOBODY, 50),
                "changes of one", ChatRows.changing(100, ANN, 50));
        SoftAssertions.assertSoftly(softly -> statements.forEach((name, statement) -> softly.assertThat(plan(statement))
                .as(name)
                .anyMatch(line -> line.contains("Index"))
                .noneMatch(line -> line.contains("Seq Scan"))));
    }

    @Test
    void theStatementsOfThePlansFindWhatIsThere() {
        assertThat(rows.list(list(ANN, "text word1001", Map.of(), Optional.empty(), Optional.empty()))
                        .rows())
                .extracting(ChatRow::title)
                .containsExactly("word1001");
    }

    private List<String> plan(Query statement) {
        return Jdbc.run(
                database.dataSource(),
                "explain",
                connection -> statement.explained().list(connection, SETTINGS.queryTimeout(), row -> row.getString(1)));
    }

    private static ChatQuery list(
            Optional<String> owner,
            String text,
            Map<String, String> labels,
            Optional<Status> status,
            Optional<String> cursor) {
        return new ChatQuery(owner, Optional.of(text), labels, status, false, cursor, 20);
    }
}
