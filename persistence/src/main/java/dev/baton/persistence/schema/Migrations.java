package dev.baton.persistence.schema;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables to what this build needs. Nodes that start together take turns, by a lock in the database. */
final class Migrations {
    private final Flyway flyway;
    private final JdbcUrl url;

    /** Has connections of its own: a migration may take longer than the pool lets any statement take. */
    Migrations(JdbcUrl url, DatabaseSettings settings) {
        this.url = url;
        this.flyway = Flyway.configure()
                .dataSource(url.text(), settings.user(), settings.password())
                .locations(url.dialect().migrations())
                .table("schema_history")
                .failOnMissingLocations(true)
                .load();
    }

    void run() {
        try {
            refuseNewerSchema();
            flyway.migrate();
        } catch (FlywayException failure) {
            throw new DatabaseException(
                    "database " + url.shown() + ": its tables cannot be brought up to date: " + failure.getMessage(),
                    failure);
        }
    }

    private void refuseNewerSchema() {
        String newest = "none";
        for (MigrationInfo migration : flyway.info().all()) {
            if (migration.getState() == MigrationState.FUTURE_SUCCESS
                    || migration.getState() == MigrationState.FUTURE_FAILED) {
                throw new DatabaseException(
                        "database " + url.shown() + " has schema version " + migration.getVersion()
                                + ", this build knows " + newest + " and nothing newer: start a newer build",
                        null);
            }
            newest = String.valueOf(migration.getVersion());
        }
    }
}
