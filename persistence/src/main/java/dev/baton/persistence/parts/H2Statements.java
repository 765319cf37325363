package dev.baton.persistence.parts;

import dev.baton.persistence.chat.ChatId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One row after the other, since the database is in this process and a statement is no journey; but one commit, since it
 * waits for the disk. The pool makes the connection commit by itself again, and rolls back what was not committed.
 */
final class H2Statements implements JdbcPartTable.Statements {
    private static final String TAKEN = "23505";

    private static final String INSERT = "insert into part_chunk (chat_id, history_version, attempt, chunk, epoch,"
            + " first_seq, part_count, parts, told, ahead, written_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, current_timestamp)";

    private static final String DELETE = "delete from part_chunk where chat_id = ? and history_version <= ?";

    @Override
    public Set<Chunk.Id> insert(Connection connection, List<Chunk> chunks, int seconds) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setQueryTimeout(seconds);
            connection.setAutoCommit(false);
            var added = new HashSet<Chunk.Id>();
            for (Chunk chunk : chunks) {
                bind(insert, chunk);
                if (execute(insert)) {
                    added.add(chunk.id());
                }
            }
            connection.commit();
            return added;
        }
    }

    private static void bind(PreparedStatement insert, Chunk chunk) throws SQLException {
        insert.setObject(1, chunk.key().chat().value());
        insert.setLong(2, chunk.key().historyVersion());
        insert.setInt(3, chunk.key().attempt());
        insert.setInt(4, chunk.number());
        insert.setLong(5, chunk.epoch());
        insert.setLong(6, chunk.firstSeq());
        insert.setInt(7, chunk.parts().size());
        insert.setString(8, JdbcPartTable.parts(chunk));
        insert.setString(9, JdbcPartTable.told(chunk));
        insert.setBoolean(10, chunk.ahead());
    }

    private static boolean execute(PreparedStatement insert) throws SQLException {
        try {
            return insert.executeUpdate() == 1;
        } catch (SQLException refused) {
            if (TAKEN.equals(refused.getSQLState())) {
                return false;
            }
            throw refused;
        }
    }

    @Override
    public void delete(Connection connection, Map<ChatId, Long> upTo, int seconds) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setQueryTimeout(seconds);
            connection.setAutoCommit(false);
            for (Map.Entry<ChatId, Long> entry : upTo.entrySet()) {
                delete.setObject(1, entry.getKey().value());
                delete.setLong(2, entry.getValue());
                int unused = delete.executeUpdate();
            }
            connection.commit();
        }
    }

    @Override
    public String ago() {
        return "dateadd(millisecond, -?, current_timestamp)";
    }
}
