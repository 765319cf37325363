package dev.baton.persistence.lease;

import akka.coordination.lease.LeaseException;
import akka.coordination.lease.LeaseTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One owner's side of one lease.
 *
 * <p>Its calls of the table run one after another. The time it relies on the lease is counted from before the call that
 * got or renewed it, while the database counts from within that call, so it ends here first. A lease that has ended here
 * is never revived by an answer that comes late: it is acquired anew, or left to expire.
 */
final class LeaseOwner {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseOwner.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final String lease;
    private final String owner;
    private final LeaseTimes times;
    private final LeaseTable table;
    private final Executor executor;
    private final Timers timers;
    private final LongSupplier nanoTime;

    private final Object lock = new Object();
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private long acquisitions;
    private volatile Optional<Hold> hold = Optional.empty();

    LeaseOwner(
            String lease,
            String owner,
            LeaseTimes times,
            LeaseTable table,
            Executor executor,
            Timers timers,
            LongSupplier nanoTime) {
        this.lease = lease;
        this.owner = owner;
        this.times = times;
        this.table = table;
        this.executor = executor;
        this.timers = timers;
        this.nanoTime = nanoTime;
    }

    /** What is held, since when, and whom it concerns. Its fields change under the lock. */
    private static final class Hold {
        private final LeaseTable.Claim claim;
        private volatile long renewed;
        private Consumer<Optional<Throwable>> lost;
        private @Nullable RuntimeException failure;

        Hold(LeaseTable.Claim claim, long renewed, Consumer<Optional<Throwable>> lost) {
            this.claim = claim;
            this.renewed = renewed;
            this.lost = lost;
        }
    }

    boolean holds() {
        return hold.filter(held -> !expired(held)).isPresent();
    }

    /** Completes with whether the lease is held now; {@code lost} is told once when it ends without a release. */
    CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
        var answer = limited("acquired");
        enqueue(() -> tryAcquire(answer, lost));
        return answer;
    }

    /** Ends the hold here at once, and in the database when it answers. */
    CompletionStage<Boolean> release() {
        drop();
        var answer = limited("released");
        enqueue(() -> tryRelease(answer));
        return answer;
    }

    private void tryAcquire(CompletableFuture<Boolean> answer, Consumer<Optional<Throwable>> lost) {
        if (answer.isDone()) {
            return;
        }
        try {
            Optional<Hold> held = hold;
            if (held.isPresent() && renew(held.get())) {
                synchronized (lock) {
                    held.get().lost = lost;
                }
                answer.complete(true);
                return;
            }
            acquireAnew(answer, lost);
        } catch (RuntimeException failure) {
            LOG.debug("lease {}: cannot be acquired; trying again", lease, failure);
            timers.after(RETRY, () -> enqueue(() -> tryAcquire(answer, lost)));
        }
    }

    private void acquireAnew(CompletableFuture<Boolean> answer, Consumer<Optional<Throwable>> lost) {
        LeaseTable.Claim claim = nextClaim();
        long started = nanoTime.getAsLong();
        if (!table.acquire(claim)) {
            answer.complete(false);
            return;
        }
        if (remaining(started) <= 0) {
            throw new LeaseTimeoutException("the answer took longer than the lease lasts");
        }
        var acquired = new Hold(claim, started, lost);
        hold = Optional.of(acquired);
        if (answer.complete(true)) {
            scheduleExpiry(acquired);
            scheduleRenewal(acquired, times.heartbeatInterval());
            return;
        }
        // Whoever asked has been told that it failed, so nobody counts on this hold.
        end(acquired);
        table.release(claim);
    }

    private void tryRelease(CompletableFuture<Boolean> answer) {
        if (answer.isDone()) {
            return;
        }
        drop();
        try {
            table.release(newestClaim());
            answer.complete(true);
        } catch (RuntimeException failure) {
            LOG.debug("lease {}: cannot be released; it ends by itself", lease, failure);
            answer.completeExceptionally(
                    new LeaseException("lease " + lease + " cannot be released: " + failure.getMessage()));
        }
    }

    /** Whether {@code held} goes on. When the table says that it does not, that is told to whom it concerns. */
    private boolean renew(Hold held) {
        long started = nanoTime.getAsLong();
        // Asked twice: one that ended while the table was asked has ended, whatever the answer.
        if (expired(held) || !table.renew(held.claim) || expired(held)) {
            lose(held);
            return false;
        }
        synchronized (lock) {
            held.renewed = started;
            held.failure = null;
        }
        return isCurrent(held);
    }

    private void scheduleRenewal(Hold held, Duration delay) {
        timers.after(delay, () -> {
            if (isCurrent(held)) {
                enqueue(() -> heartbeat(held), () -> scheduleRenewal(held, untilRenewal(held)));
            }
        });
    }

    private void heartbeat(Hold held) {
        if (!isCurrent(held)) {
            return;
        }
        try {
            renew(held);
        } catch (RuntimeException failure) {
            boolean first;
            synchronized (lock) {
                first = held.failure == null;
                held.failure = failure;
            }
            if (first) {
                LOG.warn("lease {}: cannot be renewed; trying again until it ends: {}", lease, failure.getMessage());
            }
        }
    }

    private Duration untilRenewal(Hold held) {
        Duration interval = times.heartbeatInterval();
        synchronized (lock) {
            return held.failure == null || interval.compareTo(RETRY) < 0 ? interval : RETRY;
        }
    }

    private void scheduleExpiry(Hold held) {
        timers.after(Duration.ofNanos(Math.max(remaining(held.renewed), 0)), () -> {
            if (!isCurrent(held)) {
                return;
            }
            if (expired(held)) {
                lose(held);
                return;
            }
            scheduleExpiry(held);
        });
    }

    private boolean expired(Hold held) {
        return remaining(held.renewed) <= 0;
    }

    private void lose(Hold held) {
        Consumer<Optional<Throwable>> lost;
        Optional<Throwable> cause;
        synchronized (lock) {
            if (!end(held)) {
                return;
            }
            lost = held.lost;
            cause = Optional.ofNullable(held.failure);
        }
        LOG.warn("lease {}: lost by {}", lease, owner);
        try {
            lost.accept(cause);
        } catch (RuntimeException failure) {
            LOG.error("lease {}: who had it did not take its loss", lease, failure);
        }
    }

    /** False when it had ended before. */
    private boolean end(Hold held) {
        synchronized (lock) {
            if (!isCurrent(held)) {
                return false;
            }
            hold = Optional.empty();
            return true;
        }
    }

    private void drop() {
        synchronized (lock) {
            hold = Optional.empty();
        }
    }

    private boolean isCurrent(Hold held) {
        Optional<Hold> current = hold;
        return current.isPresent() && current.get() == held;
    }

    /** Nanoseconds for which what was got by a call that started at {@code started} may still be relied on. */
    private long remaining(long started) {
        return times.usable().toNanos() - (nanoTime.getAsLong() - started);
    }

    private LeaseTable.Claim nextClaim() {
        synchronized (lock) {
            acquisitions++;
            return newestClaim();
        }
    }

    private LeaseTable.Claim newestClaim() {
        synchronized (lock) {
            return new LeaseTable.Claim(lease, owner, acquisitions);
        }
    }

    private CompletableFuture<Boolean> limited(String what) {
        var answer = new CompletableFuture<Boolean>();
        timers.after(
                times.operationTimeout(),
                () -> answer.completeExceptionally(new LeaseTimeoutException(
                        "lease " + lease + " could not be " + what + " within " + times.operationTimeout())));
        return answer;
    }

    private void enqueue(Runnable call) {
        enqueue(call, () -> {});
    }

    /** After all calls before it. One that the executor refuses is never made: its answer times out. */
    private void enqueue(Runnable call, Runnable afterwards) {
        synchronized (lock) {
            last = last.handle((done, failure) -> true)
                    .thenRunAsync(call, executor)
                    .whenComplete((done, failure) -> afterwards.run());
        }
    }
}
