package dev.baton.persistence.schema;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that may block on the database outside of the journal. */
final class QueryThreads {
    private static final Logger LOG = LoggerFactory.getLogger(QueryThreads.class);
    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;

    QueryThreads(int size, int queue) {
        var number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
                    var thread = new Thread(task, "baton-query-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    Executor executor() {
        return threads;
    }

    /** Refuses newcomers and waits for what was taken; never interrupts, which would close the file under H2. */
    void close(Duration limit) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("queries still ran after {}; closing their connections", limit);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
