package dev.baton.persistence.schema;

import java.util.ArrayDeque;
import java.util.Deque;

/** One database of a test. Closing it closes every {@link Database} that was opened on it, and then it is gone. */
public final class TestDatabase implements AutoCloseable {
    private final DatabaseSettings settings;
    private final Runnable drop;
    private final Deque<Database> open = new ArrayDeque<>();

    TestDatabase(DatabaseSettings settings, Runnable drop) {
        this.settings = settings;
        this.drop = drop;
    }

    public DatabaseSettings settings() {
        return settings;
    }

    /** Opens the database, as one node would; a second call is a second node. */
    public Database open() {
        var database = Database.open(settings);
        open.push(database);
        return database;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        drop.run();
    }
}
