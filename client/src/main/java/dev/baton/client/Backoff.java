package dev.baton.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait after failures in a row: twice as long each time, up to a bound, and never as long as others do. */
final class Backoff {
    private static final int DOUBLINGS = 20;

    private final Duration min;
    private final Duration max;
    private final DoubleSupplier jitter;
    private int failures;

    /** {@code jitter}: numbers from 0 to 1. */
    Backoff(ClientSettings.Limits limits, DoubleSupplier jitter) {
        this.min = limits.backoffMin();
        this.max = limits.backoffMax();
        this.jitter = jitter;
    }

    /** From half of the doubled wait to all of it. */
    Duration afterFailure() {
        int doublings = Math.min(failures, DOUBLINGS);
        failures++;
        long bound = Math.min(max.toNanos(), min.toNanos() << doublings);
        return Duration.ofNanos((long) (bound * (0.5 + jitter.getAsDouble() / 2)));
    }

    int failures() {
        return failures;
    }

    void reset() {
        failures = 0;
    }
}
