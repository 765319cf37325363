package dev.baton.gateway.auth;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks what blocks, a few at a time, on threads that may block. Strangers who present what might be a token must not be
 * able to take all of these threads from those who are known.
 */
final class Questions {
    private final Executor executor;
    private final int most;
    private final int waiting;
    private final Duration limit;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private int running;

    /** {@code most} run at once, {@code waiting} more wait, each for {@code limit} at most. */
    Questions(Executor executor, int most, int waiting, Duration limit) {
        this.executor = executor;
        this.most = most;
        this.waiting = waiting;
        this.limit = limit;
    }

    <T> CompletionStage<T> ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        Runnable work = () -> {
            try {
                if (!answer.isDone()) {
                    answer.complete(question.get());
                }
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            } finally {
                next();
            }
        };
        if (!enter(work)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.TIMED_OUT, "too many tokens are being looked up; try again"));
        }
        return answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean enter(Runnable work) {
        synchronized (this) {
            if (running == most) {
                return queue.size() < waiting && queue.add(work);
            }
            running++;
        }
        run(work);
        return true;
    }

    private void next() {
        Runnable work;
        synchronized (this) {
            work = queue.poll();
            if (work == null) {
                running--;
            }
        }
        if (work != null) {
            run(work);
        }
    }

    /** What is refused here runs into its limit. */
    private void run(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException full) {
            next();
        }
    }
}
