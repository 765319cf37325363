package dev.baton.gateway.bridge;

import dev.baton.gateway.bridge.provider.Exchange;
import dev.baton.gateway.bridge.provider.ProviderHttp;
import dev.baton.runner.model.ModelException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For how long somebody waits for the exchanges of one request, of which one is under way at a time: until it is over, or
 * nothing was heard for too long while something was waited for. Safe from any thread.
 */
final class Patience {
    private @Nullable Exchange current;
    private @Nullable ModelException over;
    private @Nullable ModelException silent;
    private @Nullable ModelException whenSilent;
    private long limitNanos;

    /** Since when bytes are waited for; 0 when they are not. */
    private volatile long since;

    /** Has {@code start} begin another exchange; null, and nothing begun, when nobody waits any more. */
    synchronized @Nullable Exchange begin(ProviderHttp http, Supplier<Exchange> start) {
        if (over != null) {
            return null;
        }
        Duration limit = http.silenceTimeout();
        limitNanos = limit.toNanos();
        silent = null;
        whenSilent = http.failures().silent(limit);
        waits(true);
        current = start.get();
        return current;
    }

    void waits(boolean waiting) {
        since = waiting ? Math.max(1, System.nanoTime()) : 0;
    }

    /** Nobody waits any more, because of {@code why}; the first reason counts. */
    void end(ModelException why) {
        Exchange used;
        synchronized (this) {
            if (over != null) {
                return;
            }
            over = why;
            used = current;
        }
        if (used != null) {
            used.end();
        }
    }

    synchronized boolean isOver() {
        return over != null;
    }

    /** Ends the exchange that has been silent for too long. */
    void look(long now) {
        Exchange used;
        synchronized (this) {
            long began = since;
            if (began == 0 || now - began <= limitNanos || current == null) {
                return;
            }
            silent = whenSilent;
            used = current;
        }
        used.end();
    }

    /** What went wrong by {@code cause}; when the exchange was ended here, why. {@code heard}: there was an answer. */
    synchronized ModelException failureOf(ProviderHttp http, @Nullable Throwable cause, boolean heard) {
        if (over != null) {
            return over;
        }
        if (silent != null) {
            return silent;
        }
        Throwable reason = cause == null ? null : causeOf(cause);
        if (reason instanceof ModelException known) {
            return known;
        }
        return reason != null && !heard
                ? http.failures().ofTransport(reason)
                : http.failures().truncated(reason);
    }

    static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
