package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.sql.Jdbc;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The tables {@code model_call} and {@code model_call_record}. */
final class JdbcCallTable implements CallTable {
    private static final String START = "insert into model_call (call_id, owner, token, door, chat_id, history_version,"
            + " attempt, epoch, model, provider, target, node, started_at, price_input, price_output, price_cached,"
            + " price_cache_write, currency, outcome, usage_known, input_tokens, output_tokens, cached_tokens,"
            + " cache_write_tokens, reasoning_tokens, cost)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', false, 0, 0, 0, 0, 0, 0)";

    private static final String USED = "usage_known = ?, input_tokens = ?, output_tokens = ?, cached_tokens = ?,"
            + " cache_write_tokens = ?, reasoning_tokens = ?, cost = ?";

    private static final String PROGRESS =
            "update model_call set " + USED + " where call_id = ? and outcome = 'running'";

    private static final String END = "update model_call set " + USED + ", outcome = ?, ended_at = ?, failure_kind = ?,"
            + " failure_text = ?, provider = ?, target = ?, price_input = ?, price_output = ?, price_cached = ?,"
            + " price_cache_write = ? where call_id = ? and outcome = 'running'";

    /** A write that is tried again, since nobody knew whether it was done, must not write twice. */
    private static final String RECORD = """
            insert into model_call_record (call_id, number, kind, name, reference, length, content)
            select cast(? as uuid), cast(? as integer), cast(? as varchar), cast(? as varchar), cast(? as varchar),
                cast(? as integer), cast(? as varchar)
            where not exists (select 1 from model_call_record where call_id = ? and number = ?)
            """;

    /** What was asked comes before what was said, whenever it is written. */
    private static final int FIRST_OF_END = 1_000;

    private final DataSource database;
    private final LedgerSettings settings;
    private final int seconds;

    JdbcCallTable(Database database, LedgerSettings settings) {
        this.database = database.dataSource();
        this.settings = settings;
        this.seconds = (int) Math.max(1, settings.writeLimit().toSeconds());
    }

    @Override
    public void write(List<CallStart> starts, List<CallProgress> progress, List<CallEnd> ends) {
        boolean unused = Jdbc.inTransaction(database, "write the ledger", connection -> {
            batch(connection, START, starts, this::bind);
            batch(connection, PROGRESS, progress, JdbcCallTable::bind);
            batch(connection, END, ends, JdbcCallTable::bind);
            records(connection, starts, ends);
            return true;
        });
    }

    @FunctionalInterface
    private interface Binder<T> {
        void bind(Row row, T value) throws SQLException;
    }

    private <T> void batch(Connection connection, String sql, List<T> values, Binder<T> binder) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(seconds);
            for (T value : values) {
                binder.bind(new Row(statement), value);
                statement.addBatch();
            }
            int[] unused = statement.executeBatch();
        }
    }

    private void bind(Row row, CallStart start) throws SQLException {
        Asker asker = start.asker();
        CallAttempt attempt = asker.attempt();
        row.add(start.id().value()).add(asker.owner()).add(asker.token()).add(asker.door());
        row.add(asker.chat() == null ? null : chat(asker.chat()), Types.OTHER);
        row.add(attempt == null ? null : attempt.historyVersion(), Types.BIGINT);
        row.add(attempt == null ? null : attempt.number(), Types.INTEGER);
        row.add(attempt == null ? null : attempt.epoch(), Types.BIGINT);
        row.add(start.target().model())
                .add(start.target().provider())
                .add(start.target().name());
        row.add(start.node().value());
        row.add(Jdbc.time(start.at()), Types.TIMESTAMP_WITH_TIMEZONE);
        price(row, start.target().price());
        row.add(settings.currency());
    }

    private static UUID chat(ChatId chat) {
        return chat.value();
    }

    private static void bind(Row row, CallProgress progress) throws SQLException {
        used(row, progress.usage(), progress.target().cost(progress.usage()));
        row.add(progress.id().value());
    }

    private static void bind(Row row, CallEnd end) throws SQLException {
        used(row, end.usage(), end.cost());
        row.add(end.outcome().toString());
        row.add(Jdbc.time(end.at()), Types.TIMESTAMP_WITH_TIMEZONE);
        row.add(end.failureKind()).add(end.failureText());
        row.add(end.target().provider()).add(end.target().name());
        price(row, end.target().price());
        row.add(end.id().value());
    }

    private static void used(Row row, @Nullable Usage told, BigDecimal cost) throws SQLException {
        Usage usage = told == null ? Usage.NONE : told;
        row.add(told != null, Types.BOOLEAN);
        row.add(usage.inputTokens(), Types.BIGINT);
        row.add(usage.outputTokens(), Types.BIGINT);
        row.add(usage.cachedTokens(), Types.BIGINT);
        row.add(usage.cacheWriteTokens(), Types.BIGINT);
        row.add(usage.reasoningTokens(), Types.BIGINT);
        row.add(cost, Types.NUMERIC);
    }

    private static void price(Row row, @Nullable Price price) throws SQLException {
        row.add(price == null ? null : price.input(), Types.NUMERIC);
        row.add(price == null ? null : price.output(), Types.NUMERIC);
        row.add(price == null ? null : price.cached(), Types.NUMERIC);
        row.add(price == null ? null : price.cacheWrite(), Types.NUMERIC);
    }

    private void records(Connection connection, List<CallStart> starts, List<CallEnd> ends) throws SQLException {
        if (settings.content() == Content.OFF
                || (starts.stream().allMatch(start -> start.records().isEmpty())
                        && ends.stream().allMatch(end -> end.records().isEmpty()))) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            statement.setQueryTimeout(seconds);
            for (CallStart start : starts) {
                add(statement, start.id(), start.records(), 1);
            }
            for (CallEnd end : ends) {
                add(statement, end.id(), end.records(), FIRST_OF_END);
            }
            int[] unused = statement.executeBatch();
        }
    }

    private void add(PreparedStatement statement, CallId call, List<CallRecord> records, int first)
            throws SQLException {
        int number = first;
        for (CallRecord each : records) {
            CallRecord kept = each.kept(settings.content(), settings.contentLength());
            var row = new Row(statement);
            row.add(call.value());
            row.add(number, Types.INTEGER);
            row.add(kept.kind().toString()).add(kept.name()).add(kept.reference());
            row.add(kept.length(), Types.INTEGER);
            row.add(kept.content());
            row.add(call.value());
            row.add(number, Types.INTEGER);
            statement.addBatch();
            number++;
        }
    }

    /** The values of one row, one after the other. */
    private static final class Row {
        private final PreparedStatement statement;
        private int bound;

        Row(PreparedStatement statement) {
            this.statement = statement;
        }

        Row add(@Nullable String text) throws SQLException {
            statement.setString(++bound, text);
            return this;
        }

        Row add(UUID id) throws SQLException {
            statement.setObject(++bound, id);
            return this;
        }

        void add(@Nullable Object value, int type) throws SQLException {
            if (value == null) {
                statement.setNull(++bound, type);
            } else {
                statement.setObject(++bound, value);
            }
        }
    }
}
