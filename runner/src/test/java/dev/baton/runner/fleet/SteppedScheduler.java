package dev.baton.runner.fleet;

import akka.actor.AbstractScheduler;
import akka.actor.Cancellable;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Lets time pass when it is told to. */
public final class SteppedScheduler extends AbstractScheduler {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now;
    private long scheduled;

    /** As Akka makes it. */
    public SteppedScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        super();
    }

    void timePasses(Duration duration) {
        long end = now + duration.toNanos();
        while (true) {
            Task next = next(end);
            if (next == null) {
                return;
            }
            next.run();
        }
    }

    private synchronized @Nullable Task next(long end) {
        Task next = tasks.peek();
        if (next == null || next.at > end) {
            now = end;
            return null;
        }
        tasks.remove();
        now = next.at;
        return next;
    }

    @Override
    public synchronized Cancellable scheduleOnce(FiniteDuration delay, Runnable runnable, ExecutionContext executor) {
        return add(delay.toNanos(), 0, runnable, executor);
    }

    @Override
    @Deprecated
    public synchronized Cancellable schedule(
            FiniteDuration delay, FiniteDuration interval, Runnable runnable, ExecutionContext executor) {
        return add(delay.toNanos(), interval.toNanos(), runnable, executor);
    }

    private synchronized Task add(long delay, long interval, Runnable runnable, ExecutionContext executor) {
        var task = new Task(now + delay, scheduled++, interval, runnable, executor);
        tasks.add(task);
        return task;
    }

    @Override
    public double maxFrequency() {
        return 1000;
    }

    private final class Task implements Cancellable, Comparable<Task> {
        private final long number;
        private final long interval;
        private final Runnable runnable;
        private final ExecutionContext executor;
        private final long at;
        private volatile boolean cancelled;

        Task(long at, long number, long interval, Runnable runnable, ExecutionContext executor) {
            this.at = at;
            this.number = number;
            this.interval = interval;
            this.runnable = runnable;
            this.executor = executor;
        }

        void run() {
            if (cancelled) {
                return;
            }
            executor.execute(runnable);
            if (interval > 0) {
                add(interval, interval, runnable, executor);
            }
        }

        @Override
        public boolean cancel() {
            boolean first = !cancelled;
            cancelled = true;
            return first;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
