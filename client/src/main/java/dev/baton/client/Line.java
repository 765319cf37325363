package dev.baton.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One request's or one stream's hold on the network: at most one connection at a time, and the waits between them. One
 * thread uses it; any other may cut it, and from then on it does nothing more.
 */
final class Line {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wasCut = lock.newCondition();

    // Guarded by the lock.
    private @Nullable Connection connection;
    private boolean cut;

    /** An open connection to {@code node}. Fails at once when the line is cut, before the dial, during it or after it. */
    Connection dial(URI node, Duration limit) throws IOException {
        var dialled = new Connection(ClientSettings.requireHttp(node));
        lock.lock();
        try {
            if (cut) {
                throw new IOException("the line is cut");
            }
            connection = dialled;
        } finally {
            lock.unlock();
        }
        try {
            dialled.open(limit);
            return dialled;
        } catch (IOException | RuntimeException failure) {
            hangUp(dialled);
            throw failure;
        }
    }

    /** Closes {@code its} connection; one that has come after it stays. */
    void hangUp(Connection its) {
        its.close();
        lock.lock();
        try {
            if (connection == its) {
                connection = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits; shorter when the line is cut. */
    void pause(Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (!cut && left > 0) {
                left = wasCut.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isCut() {
        lock.lock();
        try {
            return cut;
        } finally {
            lock.unlock();
        }
    }

    /** Ends what is under way, for good; never blocks. Harmless again. */
    void cut() {
        Connection last;
        lock.lock();
        try {
            cut = true;
            last = connection;
            connection = null;
            wasCut.signalAll();
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }
}
