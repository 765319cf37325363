package dev.baton.client;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/** The waits of those who close: nothing interrupts them, and when they take too long that is an error with a name. */
final class Deadline {
    private final Duration limit;
    private final long end;

    private Deadline(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    /** Waits, with the lock of {@code changed} held, until {@code done}. */
    void await(Condition changed, BooleanSupplier done, Object what) {
        boolean interrupted = false;
        try {
            while (!done.getAsBoolean()) {
                try {
                    if (changed.awaitNanos(left(what)) <= 0 && !done.getAsBoolean()) {
                        throw exceeded(what);
                    }
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /** Waits for the end of {@code thread}. */
    void join(Thread thread) {
        boolean interrupted = false;
        try {
            while (thread.isAlive()) {
                try {
                    thread.join(Math.max(1, Duration.ofNanos(left(thread)).toMillis()));
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    private long left(Object what) {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw exceeded(what);
        }
        return left;
    }

    private IllegalStateException exceeded(Object what) {
        return new IllegalStateException(what + " did not end within " + limit);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
