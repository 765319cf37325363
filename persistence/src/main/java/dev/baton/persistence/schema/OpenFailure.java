package dev.baton.persistence.schema;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Says why a database cannot be opened, in words for the one who started the node. */
final class OpenFailure {
    private static final int H2_FILE_IN_USE = 90020;

    private OpenFailure() {}

    static <T> T explained(JdbcUrl url, DatabaseSettings settings, Supplier<T> open) {
        try {
            return open.get();
        } catch (PoolInitializationException failure) {
            throw new DatabaseException(reason(url, settings, failure), failure);
        }
    }

    private static String reason(JdbcUrl url, DatabaseSettings settings, Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && refused.getErrorCode() == H2_FILE_IN_USE) {
                return "database file " + url.shown() + " is in use by another process: stop that one first, or give"
                        + " this one a file of its own";
            }
            text = String.valueOf(cause.getMessage());
        }
        return "database " + url.shown() + " cannot be opened as user \"" + settings.user() + "\", tried for "
                + settings.startTimeout() + ": " + text;
    }
}
