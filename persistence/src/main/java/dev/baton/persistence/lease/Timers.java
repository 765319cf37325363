package dev.baton.persistence.lease;

import java.time.Duration;

/** Runs something once, after a while, on a thread that must not block. */
@FunctionalInterface
interface Timers {
    void after(Duration delay, Runnable action);
}
