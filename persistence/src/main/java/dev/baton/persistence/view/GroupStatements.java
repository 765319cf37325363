package dev.baton.persistence.view;

import dev.baton.persistence.chat.Message;
import dev.baton.persistence.sql.Jdbc;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The statements of one group of updates, kind by kind, so that each kind is one round trip. */
final class GroupStatements {
    private final List<Row> inserts = new ArrayList<>();
    private final List<Row> updates = new ArrayList<>();
    private final List<Row> relabelled = new ArrayList<>();
    private final List<MessageChanges> messages = new ArrayList<>();
    private final List<UUID> messageChats = new ArrayList<>();
    private final List<Completed> completed = new ArrayList<>();
    private final List<ChatChange> changes = new ArrayList<>();
    private long nextNumber;

    GroupStatements(long firstNumber) {
        this.nextNumber = firstNumber;
    }

    private record Row(ChatRow chat, long completeVersion, long changed) {
        UUID id() {
            return chat.id().value();
        }
    }

    private record Completed(UUID chat, long version) {}

    /** Values of one execution of a statement. */
    @FunctionalInterface
    private interface Binding<T> {
        void bind(PreparedStatement statement, T value) throws SQLException;
    }

    void add(ChatUpdate update, StoredChat stored) {
        UUID chat = update.id().value();
        boolean complete = update.messages().follow(stored.completeVersion());
        long completeVersion = complete ? update.messages().upTo() : stored.completeVersion();
        if (update.row().version() > stored.version()) {
            var row = new Row(update.row(), completeVersion, nextNumber++);
            (stored.exists() ? updates : inserts).add(row);
            changes.add(new ChatChange(row.changed(), row.chat()));
            if (!Labels.text(row.chat().labels()).equals(stored.labels())) {
                relabelled.add(row);
            }
        } else if (complete) {
            completed.add(new Completed(chat, completeVersion));
        }
        if (complete && update.messages().from().isPresent()) {
            messages.add(update.messages());
            messageChats.add(chat);
        }
    }

    List<ChatChange> execute(Connection connection) throws SQLException {
        batch(connection, RowColumns.INSERT, inserts, GroupStatements::bindRow);
        batch(connection, RowColumns.UPDATE, updates, GroupStatements::bindRow);
        batch(connection, "update chat set complete_version = ? where chat_id = ?", completed, (statement, done) -> {
            statement.setLong(1, done.version());
            statement.setObject(2, done.chat());
        });
        writeLabels(connection);
        writeMessages(connection);
        return changes;
    }

    private static void bindRow(PreparedStatement statement, Row row) throws SQLException {
        RowColumns.bind(statement, row.chat(), row.completeVersion(), row.changed());
    }

    private void writeLabels(Connection connection) throws SQLException {
        record Label(UUID chat, String key, String value) {}
        var labels = new ArrayList<Label>();
        for (Row row : relabelled) {
            for (Map.Entry<String, String> label : row.chat().labels().entrySet()) {
                labels.add(new Label(row.id(), Jdbc.storable(label.getKey()), Jdbc.storable(label.getValue())));
            }
        }
        batch(
                connection,
                "delete from chat_label where chat_id = ?",
                relabelled,
                (statement, row) -> statement.setObject(1, row.id()));
        batch(
                connection,
                "insert into chat_label (chat_id, label_key, label_value) values (?, ?, ?)",
                labels,
                (statement, label) -> {
                    statement.setObject(1, label.chat());
                    statement.setString(2, label.key());
                    statement.setString(3, label.value());
                });
    }

    private void writeMessages(Connection connection) throws SQLException {
        record Cut(UUID chat, long from) {}
        record Line(UUID chat, Message message) {}
        var cuts = new ArrayList<Cut>();
        var lines = new ArrayList<Line>();
        for (int i = 0; i < messages.size(); i++) {
            UUID chat = messageChats.get(i);
            cuts.add(new Cut(chat, messages.get(i).from().orElseThrow()));
            messages.get(i).messages().forEach(message -> lines.add(new Line(chat, message)));
        }
        batch(connection, "delete from chat_message where chat_id = ? and number >= ?", cuts, (statement, cut) -> {
            statement.setObject(1, cut.chat());
            statement.setLong(2, cut.from());
        });
        batch(
                connection,
                "insert into chat_message (chat_id, number, role, text, created_at) values (?, ?, ?, ?, ?)",
                lines,
                (statement, line) -> {
                    statement.setObject(1, line.chat());
                    statement.setLong(2, line.message().id().number());
                    statement.setString(3, line.message().role().name());
                    statement.setString(4, SearchText.of(line.message()));
                    statement.setObject(5, Jdbc.time(line.message().createdAt()));
                });
    }

    private static <T> void batch(Connection connection, String sql, List<T> values, Binding<T> binding)
            throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T value : values) {
                binding.bind(statement, value);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
