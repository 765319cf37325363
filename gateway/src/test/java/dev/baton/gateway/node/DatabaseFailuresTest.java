package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseFailuresTest {
    /** By the name that Akka's has. */
    private static final class JournalFailureException extends RuntimeException {
        JournalFailureException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("dev.baton.Chat");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        context.addTurboFilter(new DatabaseFailures());
        lines.start();
        logger.addAppender(lines);
    }

    @Test
    void aChatThatCannotBeWrittenIsOneLine() {
        logger.error("Supervisor saw", new JournalFailureException("Failed to persist", new SQLException("no route")));
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("Failed to persist: no route");
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    @Test
    void aConnectionThatBreaksIsOneLine() {
        Logger pool = context.getLogger("com.zaxxer.hikari.pool.ProxyConnection");
        pool.addAppender(lines);
        pool.warn("{} - Connection {} marked as broken", "baton", 7, new SQLException("terminated"));
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("baton - Connection 7 marked as broken: terminated");
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    @Test
    void whatHasAnotherReasonKeepsItsTrace() {
        logger.error("saw", new JournalFailureException("Failed to read", new IllegalStateException("not JSON")));
        logger.error("saw", new IllegalStateException("bug"));
        assertThat(lines.list)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNotNull());
    }
}
