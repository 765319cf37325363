package dev.baton.gateway.node.pause;

import akka.Done;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the clock all the time, and when the node lost more of it than the limit, closes the gate until the database
 * has said that the node may go on.
 *
 * <p>A long garbage collection or a slow machine costs one question. A node that may not go on keeps its gate closed; who
 * watches for a split has it leave.
 */
public final class PauseGuard {
    private static final Logger LOG = LoggerFactory.getLogger(PauseGuard.class);
    private static final long TICK_MILLIS = 100;

    private final Gate gate;
    private final Duration limit;
    private final Supplier<CompletionStage<Boolean>> mayGoOn;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CompletableFuture<Done> end = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "baton-pause-guard");

    private Duration pause = Duration.ZERO;
    /** Pauses so far; an answer to what was asked before the newest of them says nothing. */
    private long pauses;

    private boolean asking;
    private boolean failing;
    private boolean over;

    PauseGuard(Duration limit, Supplier<CompletionStage<Boolean>> mayGoOn, LongSupplier nanoTime) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("baton.node.pause-limit (" + limit + ") must be positive");
        }
        this.limit = limit;
        this.mayGoOn = mayGoOn;
        this.gate = new Gate(limit, nanoTime);
        thread.setDaemon(true);
    }

    /** {@code mayGoOn}: asks whether this life was declared over; fails when nobody answers. */
    public static PauseGuard start(Duration limit, Supplier<CompletionStage<Boolean>> mayGoOn) {
        var guard = new PauseGuard(limit, mayGoOn, System::nanoTime);
        guard.thread.start();
        return guard;
    }

    public Gate gate() {
        return gate;
    }

    /** How often so far the node stood still for longer than the limit. */
    public synchronized long pauses() {
        return pauses;
    }

    /** Closes the gate for good: the node was declared down. */
    public synchronized CompletionStage<Done> endEffects() {
        over = true;
        gate.close();
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    /** Guards no longer; the gate stays as it is. */
    public CompletionStage<Done> end() {
        ended.countDown();
        gate.endTicks();
        return end;
    }

    private void run() {
        try {
            while (!ended.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            end.complete(Done.getInstance());
        }
    }

    synchronized void look() {
        Duration gap = gate.tick();
        if (gap.compareTo(limit) > 0) {
            pauses++;
            pause = gap;
            asking = false;
        }
        if (gate.isClosed() && !asking && !over) {
            asking = true;
            long asked = pauses;
            var unused = mayGoOn.get().whenComplete((goesOn, failure) -> {
                if (failure == null) {
                    answered(asked, goesOn);
                } else {
                    failed(asked, failure);
                }
            });
        }
    }

    private synchronized void answered(long asked, boolean goesOn) {
        if (asked != pauses || over) {
            return;
        }
        asking = false;
        failing = false;
        if (goesOn) {
            LOG.info("this node stood still for {} ms; it goes on", pause.toMillis());
            gate.open();
        } else {
            LOG.warn("this node stood still for {} ms; others have gone on with its chats", pause.toMillis());
            over = true;
        }
    }

    private synchronized void failed(long asked, Throwable failure) {
        if (asked != pauses) {
            return;
        }
        asking = false;
        if (!failing) {
            LOG.warn(
                    "this node stood still for {} ms, and the database does not say whether it may go on: {}",
                    pause.toMillis(),
                    failure.toString());
        }
        failing = true;
    }
}
