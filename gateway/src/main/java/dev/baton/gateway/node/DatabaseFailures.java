package dev.baton.gateway.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Makes one line of what Akka logs with a stack trace for each chat that could not be written or read because the database
 * did not answer. {@code logback.xml} names it. What has another reason keeps its trace.
 */
public final class DatabaseFailures extends TurboFilter {
    private static final String JOURNAL_FAILURE = "JournalFailureException";

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (failure == null || !failure.getClass().getSimpleName().equals(JOURNAL_FAILURE)) {
            return FilterReply.NEUTRAL;
        }
        Throwable cause = deepest(failure);
        if (!isOfTheDatabase(cause)) {
            return FilterReply.NEUTRAL;
        }
        logger.warn("{}: {}", failure.getMessage(), cause.getMessage());
        return FilterReply.DENY;
    }

    private static boolean isOfTheDatabase(Throwable cause) {
        return cause instanceof SQLException
                || cause instanceof TimeoutException
                || cause.getClass().getSimpleName().equals("CircuitBreakerOpenException")
                || cause instanceof IOException;
    }

    private static Throwable deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
