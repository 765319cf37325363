package dev.baton.persistence.schema;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database cannot be opened, or did not do what it was asked. */
public final class DatabaseException extends ChatException {
    /** Classes of SQL states that name the data or the statement, so that trying the same again is no use. */
    private static final String REFUSED = "22 23 42";

    public DatabaseException(String message, @Nullable Throwable cause) {
        super(ErrorCode.DATABASE_UNAVAILABLE, message, cause);
    }

    /** Whether the database refused the very values it was given, so that they will never be taken. */
    public boolean refusesTheValues() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure
                    && failure.getSQLState() != null
                    && failure.getSQLState().length() == 5) {
                return REFUSED.contains(failure.getSQLState().substring(0, 2));
            }
        }
        return false;
    }
}
