package dev.baton.persistence.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps H2's file about as large as what is in it.
 *
 * <p>H2 appends a few pages for every commit and reclaims the old ones from its background writer, which exists only
 * while there is a write delay. Without this, a commit of 300 bytes costs some 25 KB of file for good.
 */
final class H2Compaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(H2Compaction.class);
    private static final int INTERVAL_MILLIS = 200;

    /** How many percent of the pages in use are enough to leave them alone. */
    private static final int TARGET_FILL_RATE = 50;

    /** Bounds one run, during which commits wait, to a few milliseconds. */
    private static final int BYTES_PER_RUN = 4_000_000;

    private static final int CLOSE_SECONDS = 5;

    private final DataSource pool;
    private final ScheduledExecutorService thread;

    H2Compaction(DataSource pool) {
        this.pool = pool;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            var daemon = new Thread(task, "baton-h2-compaction");
            daemon.setDaemon(true);
            return daemon;
        });
        var unused =
                thread.scheduleWithFixedDelay(this::compact, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void compact() {
        try (Connection connection = pool.getConnection()) {
            var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            MVStore store = session.getDatabase().getStore().getMvStore();
            var unused = store.compact(TARGET_FILL_RATE, BYTES_PER_RUN);
        } catch (SQLException | MVStoreException failure) {
            LOG.warn("the database file could not be compacted; trying again", failure);
        }
    }

    /** Waits for a run under way; an interrupt would close the file. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the compaction of the database file still runs; closing anyway");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
