package dev.baton.persistence.parts;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.journal.ValueJson;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseException;
import dev.baton.persistence.schema.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and deletes alike in both kinds of database; how chunks are added differs. */
final class JdbcPartTable implements PartTable {
    private static final String SELECT = "select chunk, epoch, first_seq, parts, told, ahead from part_chunk"
            + " where chat_id = ? and history_version = ? and attempt = ? order by chunk";

    private static final String ORPHANS = "delete from part_chunk where (chat_id, history_version, attempt, chunk) in"
            + " (select p.chat_id, p.history_version, p.attempt, p.chunk from part_chunk p"
            + " join chat c on c.chat_id = p.chat_id"
            + " where p.written_at < %s and c.version > p.history_version and not c.has_work limit ?)";

    /** Adds and deletes in the way of one kind of database. */
    interface Statements {
        Set<Chunk.Id> insert(Connection connection, List<Chunk> chunks, int seconds) throws SQLException;

        void delete(Connection connection, Map<ChatId, Long> upTo, int seconds) throws SQLException;

        /** SQL for the time that is as many milliseconds ago as its one parameter says. */
        String ago();
    }

    private final Database database;
    private final Statements statements;
    private final int seconds;

    JdbcPartTable(Database database, Duration limit) {
        this.database = database;
        this.statements = database.dialect() == Dialect.H2 ? new H2Statements() : new PostgresStatements();
        this.seconds = (int) Math.max(1, limit.toSeconds());
    }

    @Override
    public Set<Chunk.Id> insert(List<Chunk> chunks) {
        return run("log parts", connection -> statements.insert(connection, chunks, seconds));
    }

    @Override
    public List<Chunk> read(EpisodeKey key) {
        return run("read the part log", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setQueryTimeout(seconds);
                select.setObject(1, key.chat().value());
                select.setLong(2, key.historyVersion());
                select.setInt(3, key.attempt());
                try (ResultSet row = select.executeQuery()) {
                    var chunks = new ArrayList<Chunk>();
                    while (row.next()) {
                        chunks.add(chunk(key, row));
                    }
                    return chunks;
                }
            }
        });
    }

    private static Chunk chunk(EpisodeKey key, ResultSet row) throws SQLException {
        return new Chunk(
                key,
                row.getInt(1),
                row.getLong(2),
                row.getLong(3),
                List.of(ValueJson.read(row.getString(4), Part[].class)),
                told(row.getString(5)),
                row.getBoolean(6));
    }

    private static @Nullable Told told(@Nullable String json) {
        return json == null ? null : ValueJson.read(json, Told.class);
    }

    static String parts(Chunk chunk) {
        return ValueJson.write(chunk.parts().toArray(new Part[0]));
    }

    static @Nullable String told(Chunk chunk) {
        return chunk.told() == null ? null : ValueJson.write(chunk.told());
    }

    @Override
    public void delete(Map<ChatId, Long> upTo) {
        boolean unused = run("delete logged parts", connection -> {
            statements.delete(connection, upTo, seconds);
            return true;
        });
    }

    @Override
    public int deleteOrphans(Duration age, int count) {
        return run("delete parts that nobody needs", connection -> {
            try (PreparedStatement delete = connection.prepareStatement(ORPHANS.formatted(statements.ago()))) {
                delete.setQueryTimeout(seconds);
                delete.setLong(1, age.toMillis());
                delete.setInt(2, count);
                return delete.executeUpdate();
            }
        });
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Each statement is its own transaction: a process that stops in the middle of one holds nobody up. */
    private <T> T run(String what, Work<T> work) {
        try (Connection connection = database.dataSource().getConnection()) {
            return work.on(connection);
        } catch (SQLException failure) {
            throw new DatabaseException("cannot " + what + ": " + failure.getMessage(), failure);
        }
    }
}
