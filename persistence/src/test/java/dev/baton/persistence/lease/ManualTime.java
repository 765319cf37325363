package dev.baton.persistence.lease;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** Time that passes when it is told to, and runs what is due on the way. */
final class ManualTime implements Timers {
    private record Due(long at, long number, Runnable action) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private long now;
    private long number;

    @Override
    public void after(Duration delay, Runnable action) {
        due.add(new Due(now + delay.toNanos(), number++, action));
    }

    void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (!due.isEmpty() && due.element().at() <= end) {
            Due next = due.remove();
            now = Math.max(now, next.at());
            next.action().run();
        }
        now = Math.max(now, end);
    }

    /** A clock that differs from the others by {@code skew} and runs at the same pace. */
    LongSupplier clock(Duration skew) {
        return () -> now + skew.toNanos();
    }
}
