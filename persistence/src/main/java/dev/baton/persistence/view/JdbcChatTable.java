package dev.baton.persistence.view;

import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The read side in the database.
 *
 * <p>Every write begins by taking its numbers from {@code change_counter} and so holds that row's lock until it commits.
 * Writers of all nodes take turns at it, once per group. That buys two things: numbers become visible in their order, so
 * that whoever has read up to one has missed none before it; and what is read after it stays true until the commit, so
 * that what to write can be decided here instead of in SQL. Whatever else changes these tables must take the lock too.
 */
public final class JdbcChatTable implements ChatTable {
    private final DataSource database;
    private final Duration limit;

    public JdbcChatTable(DataSource database, ViewSettings settings) {
        this.database = database;
        this.limit = settings.queryTimeout();
    }

    @Override
    public List<ChatChange> write(List<ChatUpdate> updates) {
        return Jdbc.inTransaction(database, "write the rows of " + updates.size() + " chats", connection -> {
            long first = takeNumbers(connection, updates.size());
            Map<UUID, StoredChat> stored = stored(connection, updates);
            var group = new GroupStatements(first);
            for (ChatUpdate update : updates) {
                group.add(update, stored.getOrDefault(update.id().value(), StoredChat.NONE));
            }
            return group.execute(connection);
        });
    }

    private long takeNumbers(Connection connection, int count) throws SQLException {
        new Query().add("update change_counter set newest = newest + ?", count).update(connection, limit);
        List<Long> newest =
                new Query().add("select newest from change_counter").list(connection, limit, row -> row.getLong(1));
        return newest.get(0) - count + 1;
    }

    private Map<UUID, StoredChat> stored(Connection connection, List<ChatUpdate> updates) throws SQLException {
        UUID[] ids = updates.stream().map(update -> update.id().value()).toArray(UUID[]::new);
        var found = new HashMap<UUID, StoredChat>();
        new Query()
                .add("select chat_id, version, complete_version, labels from chat where chat_id = any(?)", (Object) ids)
                .list(
                        connection,
                        limit,
                        row -> found.put(
                                row.getObject(1, UUID.class),
                                new StoredChat(row.getLong(2), row.getLong(3), row.getString(4))));
        return found;
    }
}
