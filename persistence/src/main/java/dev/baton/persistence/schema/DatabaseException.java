package dev.baton.persistence.schema;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database cannot be opened, or did not do what it was asked. */
public final class DatabaseException extends ChatException {
    /** The classes of SQL states for bad data, broken constraints and exceeded limits: trying again is no use. */
    private static final Set<String> REFUSED = Set.of("22", "23", "54");

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
