package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The table {@code runner_move}. */
public final class JdbcMoveTable implements MoveTable {
    private static final String SELECT =
            "select chat_id, epoch, from_node, to_node, cause, moved_at, pause_ms from runner_move";

    /** A write that is tried again, since nobody knew whether it was done, must not write twice. */
    private static final String INSERT = """
            insert into runner_move (chat_id, epoch, from_node, to_node, cause, moved_at, pause_ms)
            select cast(? as uuid), cast(? as bigint), cast(? as varchar), cast(? as varchar), cast(? as varchar),
                cast(? as timestamp with time zone), cast(? as bigint)
            where not exists (select 1 from runner_move where chat_id = ? and epoch = ?)
            """;

    private final DataSource database;
    private final Duration limit;

    public JdbcMoveTable(Database database, ViewSettings settings) {
        this.database = database.dataSource();
        this.limit = settings.queryTimeout();
    }

    @Override
    public void write(List<RunnerMove> moves) {
        int[] unused = Jdbc.inTransaction(database, "write moves", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setQueryTimeout((int) limit.toSeconds());
                for (RunnerMove move : moves) {
                    bind(insert, move);
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    private static void bind(PreparedStatement insert, RunnerMove move) throws SQLException {
        insert.setObject(1, move.chat().value());
        insert.setLong(2, move.epoch());
        insert.setString(3, move.from().value());
        insert.setString(4, move.to().value());
        insert.setString(5, move.cause().name());
        insert.setObject(6, Jdbc.time(move.at()));
        Duration pause = move.pause();
        if (pause == null) {
            insert.setNull(7, Types.BIGINT);
        } else {
            insert.setLong(7, pause.toMillis());
        }
        insert.setObject(8, move.chat().value());
        insert.setLong(9, move.epoch());
    }

    @Override
    public int purge(Instant end, int count) {
        Query query = new Query()
                .add(
                        "delete from runner_move where (chat_id, epoch) in"
                                + " (select chat_id, epoch from runner_move where moved_at < ? order by moved_at limit ?)",
                        Jdbc.time(end),
                        count);
        return Jdbc.run(database, "purge moves", connection -> query.update(connection, limit));
    }

    /** Moves, the newest first, after {@code cursor} and of {@code chat} where these are given. */
    MovePage page(Optional<ChatId> chat, Optional<String> cursor, int count) {
        Optional<MoveCursor> after = cursor.map(MoveCursor::parse);
        Query query = new Query().add(SELECT).add("where 1 = 1");
        chat.ifPresent(id -> query.add("and chat_id = ?", id.value()));
        after.ifPresent(last -> query.add(
                "and (moved_at, chat_id, epoch) < (?, ?, ?)",
                Jdbc.time(last.at()),
                last.chat().value(),
                last.epoch()));
        query.add("order by moved_at desc, chat_id desc, epoch desc limit ?", count + 1);
        List<RunnerMove> moves =
                Jdbc.run(database, "list moves", connection -> query.list(connection, limit, JdbcMoveTable::read));
        if (moves.size() <= count) {
            return new MovePage(moves, Optional.empty());
        }
        return new MovePage(
                moves.subList(0, count),
                Optional.of(MoveCursor.after(moves.get(count - 1)).toString()));
    }

    private static RunnerMove read(ResultSet row) throws SQLException {
        long pause = row.getLong(7);
        boolean unknown = row.wasNull();
        return new RunnerMove(
                new ChatId(row.getObject(1, UUID.class)),
                row.getLong(2),
                new NodeId(row.getString(3)),
                new NodeId(row.getString(4)),
                Move.Cause.valueOf(row.getString(5)),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                unknown ? null : Duration.ofMillis(pause));
    }
}
