package dev.baton.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class H2ProcessIT {
    private static final int ENOUGH = 500;

    private final TestDatabase test = TestDatabases.h2(/* sync= */ true);

    @AfterEach
    void drop() {
        test.close();
    }

    @Test
    void aCommitThatReturnedOutlivesTheProcess() throws IOException, InterruptedException, SQLException {
        Process process = CommittingProcess.start(test.settings().url());
        var acknowledged = new HashSet<Integer>();
        try (BufferedReader output = process.inputReader()) {
            // By its handle, since the process itself would close the stream that still holds acknowledgements.
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                acknowledged.add(Integer.valueOf(line));
                if (acknowledged.size() == ENOUGH) {
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            end(process);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
        assertThat(committed()).containsAll(acknowledged);
    }

    @Test
    void aFileThatAnotherProcessHoldsIsNamed() throws IOException, InterruptedException {
        Process process = CommittingProcess.start(test.settings().url());
        try {
            assertThat(process.inputReader().readLine()).isNotNull();
            assertThatExceptionOfType(DatabaseException.class)
                    .isThrownBy(test::open)
                    .withMessageMatching(
                            "database file /.*/baton.mv.db is in use by another process: stop that one first.*");
        } finally {
            end(process);
        }
    }

    private Set<Integer> committed() throws SQLException {
        try (Connection connection = test.open().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select number from committed")) {
            var numbers = new HashSet<Integer>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
