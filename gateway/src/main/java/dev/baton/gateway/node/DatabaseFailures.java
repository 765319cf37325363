package dev.baton.gateway.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Makes one line of what libraries log with a stack trace, for each chat and each connection, because the database did not
 * answer. {@code logback.xml} names it. What has another reason keeps its trace.
 */
public final class DatabaseFailures extends TurboFilter {
    private static final String JOURNAL_FAILURE = "JournalFailureException";
    private static final String POOL = "com.zaxxer.hikari.";

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (failure != null && failure.getClass().getSimpleName().equals(JOURNAL_FAILURE)) {
            Throwable cause = deepest(failure);
            if (isOfTheDatabase(cause)) {
                logger.warn("{}: {}", failure.getMessage(), cause.getMessage());
                return FilterReply.DENY;
            }
        }
        if (arguments != null && level == Level.WARN && logger.getName().startsWith(POOL)) {
            return ofThePool(logger, format, arguments);
        }
        return FilterReply.NEUTRAL;
    }

    /** The pool says everything but the reason in its own words; the reason is the last argument. */
    private static FilterReply ofThePool(Logger logger, @Nullable String format, Object[] arguments) {
        int last = arguments.length - 1;
        if (last < 0 || !(arguments[last] instanceof SQLException reason)) {
            return FilterReply.NEUTRAL;
        }
        String text = MessageFormatter.arrayFormat(format, Arrays.copyOf(arguments, last))
                .getMessage();
        logger.warn("{}: {}", text, reason.getMessage());
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
