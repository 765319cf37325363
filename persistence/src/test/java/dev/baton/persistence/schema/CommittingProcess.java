package dev.baton.persistence.schema;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A process of its own that commits rows until it is killed, and says each number once its commit has returned. */
final class CommittingProcess {
    private static final int WRITERS = 3;

    private CommittingProcess() {}

    /** Starts the process on the database at {@code url}. What it writes to its error stream goes to this one's. */
    static Process start(String url) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "."));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home", "."), "bin", "java")
                                .toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        CommittingProcess.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws SQLException {
        Database database = Database.open(TestDatabases.settings(arguments[0], "baton", /* h2Sync= */ true));
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table committed (number int primary key)");
        }
        var next = new AtomicInteger();
        for (int i = 0; i < WRITERS; i++) {
            new Thread(() -> commitForEver(database, next)).start();
        }
    }

    private static void commitForEver(Database database, AtomicInteger next) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into committed values (?)")) {
            while (true) {
                int number = next.incrementAndGet();
                insert.setInt(1, number);
                insert.executeUpdate();
                System.out.println(number);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
