package dev.baton.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One write to a connection that may stop taking bytes. A blocking write knows no limit, so another thread closes the
 * connection when no next piece was taken in time; it ends with the write.
 */
final class Writing {
    private static final int PIECE = 16 * 1024;
    /** What every kernel takes of a connection that is new, so that it needs no second thread. */
    private static final int TAKEN_AT_ONCE = 4 * 1024;

    /** The guard ends at once; a machine that stands still may take its time. */
    private static final Duration GUARD_LIMIT = Duration.ofSeconds(30);

    private final Connection connection;
    private final Duration limit;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long lastTaken = System.nanoTime();
    private volatile boolean overdue;

    private Writing(Connection connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /** {@code limit}: for each next piece. */
    static void write(byte[] bytes, OutputStream out, Connection connection, Duration limit) throws IOException {
        if (bytes.length <= TAKEN_AT_ONCE) {
            out.write(bytes);
            out.flush();
            return;
        }
        new Writing(connection, limit).write(bytes, out);
    }

    private void write(byte[] bytes, OutputStream out) throws IOException {
        var guard = new Thread(this::guard, "baton-client-write");
        guard.setDaemon(true);
        guard.start();
        IOException failure = null;
        try {
            for (int from = 0; from < bytes.length; from += PIECE) {
                out.write(bytes, from, Math.min(PIECE, bytes.length - from));
                lastTaken = System.nanoTime();
            }
            out.flush();
        } catch (IOException broken) {
            failure = broken;
        } finally {
            ended.countDown();
            Deadline.in(GUARD_LIMIT).join(guard);
        }
        throwIfAny(failure);
    }

    private void throwIfAny(@Nullable IOException failure) throws IOException {
        if (overdue) {
            throw new SocketTimeoutException("the request was not taken within " + limit);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void guard() {
        try {
            long left = limit.toNanos();
            while (left > 0 && !ended.await(left, TimeUnit.NANOSECONDS)) {
                left = limit.toNanos() - (System.nanoTime() - lastTaken);
            }
            if (left <= 0) {
                overdue = true;
                connection.close();
            }
        } catch (InterruptedException nobodyDoesThis) {
            connection.close();
        }
    }
}
