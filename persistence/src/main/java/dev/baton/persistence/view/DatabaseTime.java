package dev.baton.persistence.view;

import dev.baton.persistence.schema.Database;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/** The one clock that all nodes share: deadlines that survive a takeover are set and met by it. */
public final class DatabaseTime {
    private final Database database;
    private final Duration limit;

    public DatabaseTime(Database database, ViewSettings settings) {
        this.database = database;
        this.limit = settings.queryTimeout();
    }

    public CompletionStage<Instant> now() {
        try {
            return CompletableFuture.supplyAsync(this::read, database.executor());
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }

    private Instant read() {
        Query query = new Query().add(database.dialect().now());
        return Jdbc.run(
                        database.dataSource(),
                        "read the database's clock",
                        connection -> query.list(connection, limit, row -> row.getObject(1, OffsetDateTime.class)))
                .get(0)
                .toInstant();
    }
}
