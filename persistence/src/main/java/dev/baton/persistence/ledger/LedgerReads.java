package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What people ask of the ledger. Blocks. */
public final class LedgerReads {
    private static final String CALLS = "select call_id, owner, token, door, chat_id, history_version, attempt, epoch,"
            + " model, provider, target, node, started_at, ended_at, outcome, failure_kind, failure_text, usage_known,"
            + " input_tokens, output_tokens, cached_tokens, reasoning_tokens, cache_write_tokens, price_input,"
            + " price_output, price_cached, price_cache_write, cost, currency from model_call";

    private static final String SUMS = "currency, count(*),"
            + " sum(case when outcome = 'running' then 1 else 0 end),"
            + " sum(case when outcome <> 'running' and not usage_known then 1 else 0 end),"
            + " sum(input_tokens), sum(output_tokens), sum(cached_tokens), sum(reasoning_tokens),"
            + " sum(cache_write_tokens), sum(cost)";

    private final DataSource database;
    private final Duration limit;

    public LedgerReads(Database database, LedgerSettings settings) {
        this.database = database.dataSource();
        this.limit = settings.queryLimit();
    }

    /** Calls, the newest first, after {@code cursor} where it is given. */
    public CallPage page(CallFilter filter, Optional<String> cursor, int count) {
        Query query = filter.addTo(new Query().add(CALLS));
        cursor.map(CallCursor::parse)
                .ifPresent(last -> query.add(
                        "and (started_at, call_id) < (?, ?)",
                        Jdbc.time(last.at()),
                        last.call().value()));
        List<CallRow> calls = list(
                "list calls",
                query.add("order by started_at desc, call_id desc limit ?", count + 1),
                LedgerReads::call);
        if (calls.size() <= count) {
            return new CallPage(calls, Optional.empty());
        }
        return new CallPage(
                calls.subList(0, count),
                Optional.of(CallCursor.after(calls.get(count - 1)).toString()));
    }

    public Optional<CallDetail> call(CallId id) {
        List<CallRow> call =
                list("read a call", new Query().add(CALLS).add("where call_id = ?", id.value()), LedgerReads::call);
        if (call.isEmpty()) {
            return Optional.empty();
        }
        Query records = new Query()
                .add(
                        "select kind, name, reference, length, content from model_call_record where call_id = ? order by number",
                        id.value());
        return Optional.of(new CallDetail(call.get(0), list("read a call", records, LedgerReads::record)));
    }

    /** What was used, by group in the order of their names. */
    public List<UsageSum> usage(CallFilter filter, Grouping by) {
        Query query = new Query()
                .add("select name,")
                .add(SUMS)
                .add("from (select")
                .add(by.expression())
                .add("as name, model_call.* from model_call");
        filter.addTo(query);
        return list(
                "sum up usage",
                query.add(") calls group by name, currency order by name, currency"),
                row -> sum(by, row));
    }

    /** What those calls of {@code owners} used that began at {@code from} or later and have ended. */
    public List<UsageSum> ended(Set<String> owners, Instant from) {
        Query query = new Query()
                .add("select '',")
                .add(SUMS)
                .add(
                        "from model_call where owner = any(?) and started_at >= ? and outcome <> 'running' group by currency",
                        owners.toArray(String[]::new),
                        Jdbc.time(from));
        return list("sum up what was spent", query, row -> sum(Grouping.OWNER, row));
    }

    /** Those of {@code ids} that there are. */
    public List<CallRow> calls(Collection<CallId> ids) {
        UUID[] values = ids.stream().map(CallId::value).toArray(UUID[]::new);
        return list("read calls", calls().add("where call_id = any(?)", (Object) values), LedgerReads::call);
    }

    private static UsageSum sum(Grouping by, ResultSet row) throws SQLException {
        String group = row.getString(1);
        return new UsageSum(
                by == Grouping.DAY ? LocalDate.ofEpochDay(Long.parseLong(group)).toString() : group,
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                new Usage(row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9), row.getLong(10)),
                row.getBigDecimal(11));
    }

    static CallRow call(ResultSet row) throws SQLException {
        UUID chat = row.getObject(5, UUID.class);
        long historyVersion = row.getLong(6);
        CallAttempt attempt = row.wasNull() ? null : new CallAttempt(historyVersion, row.getInt(7), row.getLong(8));
        return new CallRow(
                new CallId(row.getObject(1, UUID.class)),
                new Asker(
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        chat == null ? null : new ChatId(chat),
                        attempt),
                new Target(row.getString(9), row.getString(10), row.getString(11), price(row)),
                new NodeId(row.getString(12)),
                time(row, 13).orElseThrow(),
                time(row, 14).orElse(null),
                Outcome.parse(row.getString(15)).orElseThrow(),
                row.getString(16),
                row.getString(17),
                row.getBoolean(18),
                new Usage(row.getLong(19), row.getLong(20), row.getLong(21), row.getLong(22), row.getLong(23)),
                row.getBigDecimal(28),
                row.getString(29));
    }

    private static @Nullable Price price(ResultSet row) throws SQLException {
        BigDecimal input = row.getBigDecimal(24);
        return input == null
                ? null
                : new Price(input, row.getBigDecimal(25), row.getBigDecimal(26), row.getBigDecimal(27));
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static CallRecord record(ResultSet row) throws SQLException {
        String kind = row.getString(1);
        return new CallRecord(
                Arrays.stream(CallRecord.Kind.values())
                        .filter(each -> each.toString().equals(kind))
                        .findFirst()
                        .orElseThrow(),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5));
    }

    private <T> List<T> list(String what, Query query, Query.Reader<T> reader) {
        return Jdbc.run(database, what, connection -> query.list(connection, limit, reader));
    }

    /** The statement that lists calls, for whoever must read some of them. */
    static Query calls() {
        return new Query().add(CALLS);
    }
}
