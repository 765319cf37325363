package dev.baton.gateway.node.pause;

import akka.Done;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets effects pass while the node runs, and holds them while nobody knows whether it may go on.
 *
 * <p>Between two ticks it judges by the time of the last one, so nothing passes after a pause before the first tick has
 * noticed it.
 */
public final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final int MOST_WAITING = 10_000;

    private final long limitNanos;
    private final LongSupplier nanoTime;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private volatile boolean closed;
    private volatile boolean someWait;
    private volatile boolean ticks = true;
    private volatile long ticked;

    Gate(Duration limit, LongSupplier nanoTime) {
        this.limitNanos = limit.toNanos();
        this.nanoTime = nanoTime;
        this.ticked = nanoTime.getAsLong();
    }

    public boolean isOpen() {
        return !closed && !someWait && (!ticks || nanoTime.getAsLong() - ticked <= limitNanos);
    }

    /**
     * Runs {@code effect} now, or later in the order of the calls, or never: when the node must not go on, and when too
     * many wait. It must not block.
     */
    public void pass(Runnable effect) {
        if (isOpen()) {
            effect.run();
        } else if (!await(effect, MOST_WAITING)) {
            LOG.debug("an effect is dropped, for {} wait already", MOST_WAITING);
        }
    }

    /** Completes when an effect may pass; never when the node must not go on. One at a time for each that waits. */
    public CompletionStage<Done> passed() {
        if (isOpen()) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        var passed = new CompletableFuture<Done>();
        await(() -> passed.complete(Done.getInstance()), Integer.MAX_VALUE);
        return passed;
    }

    /** How long it is since the last tick; the gate is closed when that was too long. */
    Duration tick() {
        long now = nanoTime.getAsLong();
        long gap = now - ticked;
        if (gap > limitNanos) {
            closed = true;
        }
        ticked = now;
        if (!closed && someWait) {
            letPass();
        }
        return Duration.ofNanos(gap);
    }

    /** No tick comes any more; from now on the gate is as it was left. */
    void endTicks() {
        ticks = false;
        if (!closed) {
            letPass();
        }
    }

    boolean isClosed() {
        return closed;
    }

    void open() {
        closed = false;
        letPass();
    }

    void close() {
        closed = true;
    }

    private synchronized boolean await(Runnable effect, int most) {
        if (waiting.size() >= most) {
            return false;
        }
        waiting.add(effect);
        someWait = true;
        return true;
    }

    private synchronized void letPass() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
        someWait = false;
    }
}
