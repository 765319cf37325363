package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.journal.ValueJson;
import dev.baton.persistence.parts.Told;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Ends the calls whose node is gone, and forgets old ones. Blocks.
 *
 * <p>What such a call used is what its row has of it, or the part log, whichever knows more: both are written behind what
 * the provider tells, and either may have been first.
 */
final class OrphanCalls {
    private static final String TOLD = "select told from part_chunk where chat_id = ? and history_version = ?"
            + " and attempt = ? and epoch = ? and told is not null order by chunk desc limit 1";

    /** More than one call of an epoch on an episode cannot be told apart in the log. */
    private static final String SAME_EPOCH = "select count(*) from model_call where chat_id = ? and history_version = ?"
            + " and attempt = ? and epoch = ?";

    private final DataSource database;
    private final CallTable table;
    private final Duration limit;

    OrphanCalls(Database database, LedgerSettings settings) {
        this.database = database.dataSource();
        this.table = new JdbcCallTable(database, settings);
        this.limit = settings.queryLimit();
    }

    /** Ends at most {@code count} calls that run on none of {@code live}; returns how many there were. */
    int end(Set<NodeId> live, Instant now, int count) {
        String[] nodes = live.stream().map(NodeId::value).toArray(String[]::new);
        List<CallEnd> ends = Jdbc.run(database, "look for calls whose node is gone", connection -> {
            List<CallRow> orphans = LedgerReads.calls()
                    .add("where outcome = 'running' and not (node = any(?))", (Object) nodes)
                    .add("order by started_at limit ?", count)
                    .list(connection, limit, LedgerReads::call);
            var found = new ArrayList<CallEnd>();
            for (CallRow orphan : orphans) {
                found.add(end(orphan, now, told(connection, orphan)));
            }
            return found;
        });
        if (!ends.isEmpty()) {
            table.write(List.of(), List.of(), ends);
        }
        return ends.size();
    }

    private static CallEnd end(CallRow orphan, Instant now, @Nullable Usage logged) {
        Usage row = orphan.usageKnown() ? orphan.usage() : null;
        return new CallEnd(
                orphan.id(),
                Outcome.ORPHANED,
                null,
                "the node that made the call is gone",
                orphan.target(),
                row == null ? logged : logged == null ? row : greater(row, logged),
                now,
                List.of());
    }

    /** Of a call that runs, no number ever shrinks. */
    private static Usage greater(Usage one, Usage other) {
        return new Usage(
                Math.max(one.inputTokens(), other.inputTokens()),
                Math.max(one.outputTokens(), other.outputTokens()),
                Math.max(one.cachedTokens(), other.cachedTokens()),
                Math.max(one.reasoningTokens(), other.reasoningTokens()),
                Math.max(one.cacheWriteTokens(), other.cacheWriteTokens()));
    }

    private @Nullable Usage told(Connection connection, CallRow orphan) throws SQLException {
        CallAttempt attempt = orphan.asker().attempt();
        if (orphan.asker().chat() == null || attempt == null) {
            return null;
        }
        Object[] episode = {orphan.asker().chat().value(), attempt.historyVersion(), attempt.number(), attempt.epoch()};
        long calls = new Query()
                .add(SAME_EPOCH, episode)
                .list(connection, limit, row -> row.getLong(1))
                .get(0);
        List<String> told = calls == 1
                ? new Query().add(TOLD, episode).list(connection, limit, row -> row.getString(1))
                : List.of();
        Usage usage = told.isEmpty()
                ? Usage.NONE
                : ValueJson.read(told.get(0), Told.class).usage();
        return usage.equals(Usage.NONE) ? null : usage;
    }

    /** Takes out at most {@code count} calls that ended and began before {@code end}; returns how many. */
    int purge(Instant end, int count) {
        return Jdbc.inTransaction(database, "purge calls", connection -> {
            UUID[] old = new Query()
                    .add(
                            "select call_id from model_call where started_at < ? and outcome <> 'running'"
                                    + " order by started_at limit ?",
                            Jdbc.time(end),
                            count)
                    .list(connection, limit, row -> row.getObject(1, UUID.class))
                    .toArray(UUID[]::new);
            int unused = new Query()
                    .add("delete from model_call_record where call_id = any(?)", (Object) old)
                    .update(connection, limit);
            return new Query()
                    .add("delete from model_call where call_id = any(?)", (Object) old)
                    .update(connection, limit);
        });
    }
}
