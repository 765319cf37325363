package dev.baton.persistence.sql;

import dev.baton.persistence.schema.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** Connections around a piece of work, and values as the tables keep them. */
public final class Jdbc {

    private Jdbc() {}

    /** Work on one connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Runs {@code work}, each statement its own transaction. {@code what} completes "cannot ...". */
    public static <T> T run(DataSource database, String what, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException failure) {
            throw new DatabaseException("cannot " + what + ": " + failure.getMessage(), failure);
        }
    }

    /** Runs {@code work} as one transaction. The pool makes the connection commit by itself again when it gets it back. */
    public static <T> T inTransaction(DataSource database, String what, Work<T> work) {
        return run(database, what, connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                rollBack(connection, failure);
                throw failure;
            }
        });
    }

    /** {@code text} without the one character that PostgreSQL cannot keep. */
    public static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }

    public static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static void rollBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException also) {
            failure.addSuppressed(also);
        }
    }
}
