package dev.baton.gateway.bridge;

import akka.Done;
import akka.actor.Cancellable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * Counts the calls under way and makes closing a barrier: from its first moment nobody enters, and it ends when the last
 * one has left.
 *
 * <p>Safe from any thread. Nothing foreign runs while the lock is held.
 */
final class OpenCalls {
    private final Runnable cancelAll;
    private final BiFunction<Duration, Runnable, Cancellable> schedule;
    private final CompletableFuture<Done> drained = new CompletableFuture<>();
    private int open;
    private boolean closing;

    /** {@code cancelAll} ends every call under way; it may run more than once. */
    OpenCalls(Runnable cancelAll, BiFunction<Duration, Runnable, Cancellable> schedule) {
        this.cancelAll = cancelAll;
        this.schedule = schedule;
    }

    /** Counts one more call, which must {@link #leave()} once; false when closing has begun. */
    synchronized boolean enter() {
        if (closing) {
            return false;
        }
        open++;
        return true;
    }

    void leave() {
        if (countDown()) {
            drained.complete(Done.getInstance());
        }
    }

    synchronized int count() {
        return open;
    }

    /** Waits for the calls under way and cancels them at {@code limit}; with several closers the shortest limit counts. */
    CompletionStage<Done> close(Duration limit) {
        if (beginClosing()) {
            drained.complete(Done.getInstance());
        } else if (limit.isZero()) {
            cancelAll.run();
        } else {
            Cancellable atLimit = schedule.apply(limit, cancelAll);
            var unused = drained.whenComplete((done, failure) -> atLimit.cancel());
        }
        return drained.minimalCompletionStage();
    }

    private synchronized boolean beginClosing() {
        closing = true;
        return open == 0;
    }

    private synchronized boolean countDown() {
        open--;
        return closing && open == 0;
    }
}
