package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.sql.Jdbc;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** How a {@link ChatRow} lies in the table {@code chat}; writing and reading in one place, so that they stay the same. */
final class RowColumns {
    private static final String NAMES =
            "owner, title, model, status, archived, pinned, labels, queued_messages, version,"
                    + " complete_version, epoch, runner_node, error_kind, error_text, has_work, created_at, updated_at, changed";

    static final String INSERT =
            "insert into chat (" + NAMES + ", chat_id) values (?" + ", ?".repeat(NAMES.split(",", -1).length) + ")";
    static final String UPDATE = "update chat set " + NAMES.replace(",", " = ?,") + " = ? where chat_id = ?";
    static final String SELECT = "select c.chat_id, c." + NAMES.replace(", ", ", c.") + " from chat c";

    private RowColumns() {}

    /** Binds all values of {@link #INSERT} or {@link #UPDATE}. */
    static void bind(PreparedStatement statement, ChatRow row, long completeVersion, long changed) throws SQLException {
        NodeId runner = row.runner();
        LastError error = row.lastError();
        statement.setString(1, Jdbc.storable(row.owner()));
        statement.setString(2, Jdbc.storable(row.title()));
        statement.setString(3, Jdbc.storable(row.model()));
        statement.setString(4, row.status().name());
        statement.setBoolean(5, row.archived());
        statement.setBoolean(6, row.pinned());
        statement.setString(7, Labels.text(row.labels()));
        statement.setInt(8, row.queuedMessages());
        statement.setLong(9, row.version());
        statement.setLong(10, completeVersion);
        statement.setLong(11, row.epoch());
        statement.setString(12, runner == null ? null : runner.value());
        statement.setString(13, error == null ? null : error.kind().name());
        statement.setString(14, error == null ? null : Jdbc.storable(error.text()));
        statement.setBoolean(15, row.hasWork());
        statement.setObject(16, Jdbc.time(row.createdAt()));
        statement.setObject(17, Jdbc.time(row.updatedAt()));
        statement.setLong(18, changed);
        statement.setObject(19, row.id().value());
    }

    static ChatChange readChange(ResultSet row) throws SQLException {
        return new ChatChange(row.getLong("changed"), read(row));
    }

    static ChatRow read(ResultSet row) throws SQLException {
        String runner = row.getString("runner_node");
        String errorKind = row.getString("error_kind");
        return new ChatRow(
                new ChatId(row.getObject("chat_id", UUID.class)),
                row.getString("owner"),
                row.getString("title"),
                row.getString("model"),
                Status.valueOf(row.getString("status")),
                row.getBoolean("archived"),
                row.getBoolean("pinned"),
                Labels.parse(row.getString("labels")),
                row.getInt("queued_messages"),
                row.getLong("version"),
                row.getLong("epoch"),
                runner == null ? null : new NodeId(runner),
                errorKind == null ? null : new LastError(FailureKind.valueOf(errorKind), row.getString("error_text")),
                row.getBoolean("has_work"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
