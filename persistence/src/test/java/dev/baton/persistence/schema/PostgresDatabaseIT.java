package dev.baton.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostgresDatabaseIT extends DatabaseContract {

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }

    @Test
    void errorsDoNotTellWhatPeopleWrote() throws SQLException {
        try (TestDatabase test = create();
                Connection connection = test.open().dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into snapshot (persistence_id,"
                        + " sequence_number, created, snapshot_ser_id, snapshot_ser_manifest, snapshot_payload)"
                        + " values ('a', 1, 1, 1, ?, '')")) {
            for (int i = 0; i < 2; i++) {
                insert.setString(1, "between us");
                insert.addBatch();
            }
            assertThatExceptionOfType(BatchUpdateException.class)
                    .isThrownBy(insert::executeBatch)
                    .withMessageContaining("duplicate key")
                    .withMessageNotContaining("between us");
        }
    }

    @Test
    void aStatementWithoutAnAnswerLosesItsConnection() throws SQLException {
        try (TestDatabase test = create();
                Database database = Database.open(impatient(test.settings()));
                Connection connection = database.dataSource().getConnection();
                PreparedStatement sleep = connection.prepareStatement("select pg_sleep(60)")) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(sleep::executeQuery)
                    .withStackTraceContaining("SocketTimeoutException");
        }
    }

    @Test
    void whoStandsStillInATransactionDoesNotHoldOthersUp() throws SQLException {
        String take = "update sweep_mark set ordering = ordering + 1";
        try (TestDatabase test = create();
                Database database = test.open();
                Connection still = database.dataSource().getConnection();
                Connection other = database.dataSource().getConnection();
                PreparedStatement holding = still.prepareStatement(take);
                PreparedStatement waiting = other.prepareStatement(take)) {
            still.setAutoCommit(false);
            holding.executeUpdate();

            assertThat(waiting.executeUpdate()).isEqualTo(1);
            assertThatExceptionOfType(SQLException.class).isThrownBy(still::commit);
        }
    }

    private static DatabaseSettings impatient(DatabaseSettings settings) {
        return new DatabaseSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                settings.h2Sync(),
                1,
                1,
                1,
                settings.connectionTimeout(),
                Duration.ofSeconds(1),
                settings.startTimeout(),
                settings.closeTimeout());
    }
}
