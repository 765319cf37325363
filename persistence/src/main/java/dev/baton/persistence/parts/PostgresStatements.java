package dev.baton.persistence.parts;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * One statement of one shape whatever the number of rows, so the database plans it once. Each turns the wait for the disk
 * off for itself: it is one round trip, which no statement before it could be.
 */
final class PostgresStatements implements JdbcPartTable.Statements {
    private static final String ASYNCHRONOUS = "(select set_config('synchronous_commit', 'off', true)) as unwaited";

    private static final String INSERT = "insert into part_chunk (chat_id, history_version, attempt, chunk, epoch,"
            + " first_seq, part_count, parts, told, ahead, written_at)"
            + " select c.chat_id, c.history_version, c.attempt, c.chunk, c.epoch, c.first_seq, c.part_count, c.parts,"
            + " c.told, c.ahead, clock_timestamp() from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as c (chat_id,"
            + " history_version, attempt, chunk, epoch, first_seq, part_count, parts, told, ahead), " + ASYNCHRONOUS
            + " on conflict do nothing returning chat_id, history_version, attempt, chunk";

    private static final String DELETE = "delete from part_chunk p using unnest(?, ?) as d (chat_id, up_to), "
            + ASYNCHRONOUS + " where p.chat_id = d.chat_id and p.history_version <= d.up_to";

    @Override
    public Set<Chunk.Id> insert(Connection connection, List<Chunk> chunks, int seconds) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setQueryTimeout(seconds);
            var rows = new Columns<>(connection, insert, chunks);
            rows.add("uuid", chunk -> chunk.key().chat().value());
            rows.add("int8", chunk -> chunk.key().historyVersion());
            rows.add("int4", chunk -> chunk.key().attempt());
            rows.add("int4", Chunk::number);
            rows.add("int8", Chunk::epoch);
            rows.add("int8", Chunk::firstSeq);
            rows.add("int4", chunk -> chunk.parts().size());
            rows.add("text", JdbcPartTable::parts);
            rows.add("text", JdbcPartTable::told);
            rows.add("bool", Chunk::ahead);
            var added = new HashSet<Chunk.Id>();
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    var key = new EpisodeKey(new ChatId(row.getObject(1, UUID.class)), row.getLong(2), row.getInt(3));
                    added.add(new Chunk.Id(key, row.getInt(4)));
                }
            }
            return added;
        }
    }

    @Override
    public void delete(Connection connection, Map<ChatId, Long> upTo, int seconds) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setQueryTimeout(seconds);
            var rows = new Columns<>(connection, delete, List.copyOf(upTo.entrySet()));
            rows.add("uuid", entry -> entry.getKey().value());
            rows.add("int8", Map.Entry::getValue);
            int unused = delete.executeUpdate();
        }
    }

    @Override
    public String ago() {
        return "clock_timestamp() - ? * interval '1 millisecond'";
    }

    /** Binds rows column by column. */
    private static final class Columns<R> {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<R> rows;
        private int bound;

        Columns(Connection connection, PreparedStatement statement, List<R> rows) {
            this.connection = connection;
            this.statement = statement;
            this.rows = rows;
        }

        void add(String type, Function<R, ? extends Object> value) throws SQLException {
            Object[] values = rows.stream().map(value).toArray();
            statement.setArray(++bound, connection.createArrayOf(type, values));
        }
    }
}
