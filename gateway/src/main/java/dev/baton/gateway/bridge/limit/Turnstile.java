package dev.baton.gateway.bridge.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Lets the calls of one owner in, first come first served; pure. Not safe for several threads.
 *
 * <p>A lease counts until it is given back or was not renewed for {@link #LEASE}.
 */
final class Turnstile {
    static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** What became of a call: it is in, it waits, or it is refused and may come again after {@code retryAfter}. */
    sealed interface Outcome {}

    record In() implements Outcome {}

    record Waits() implements Outcome {}

    record Refused(Duration retryAfter) implements Outcome {}

    /** What happened to calls that waited. */
    record Moves(List<String> in, List<String> tooLate) {}

    private record Waiting(String lease, Instant until) {}

    private final LimitSettings settings;
    private final Map<String, Instant> leases = new HashMap<>();
    private final Deque<Instant> begun = new ArrayDeque<>();
    private final Deque<Waiting> queue = new ArrayDeque<>();

    Turnstile(LimitSettings settings) {
        this.settings = settings;
    }

    Outcome enter(String lease, Instant now) {
        forget(now);
        if (leases.containsKey(lease)) {
            return new In();
        }
        if (queue.isEmpty() && isFree()) {
            admit(lease, now);
            return new In();
        }
        if (queue.size() >= settings.queue()) {
            return new Refused(retryAfter(now));
        }
        queue.add(new Waiting(lease, now.plus(settings.queueWait())));
        return new Waits();
    }

    /** Given back, or not wanted any more. */
    void leave(String lease) {
        leases.remove(lease);
        queue.removeIf(waiting -> waiting.lease().equals(lease));
    }

    /** Also takes leases in that were given by another before this one: they are alive. */
    void renew(List<String> alive, Instant now) {
        alive.forEach(lease -> leases.put(lease, now.plus(LEASE)));
    }

    /** Lets in whoever can go in now, and sends away whoever has waited for too long. */
    Moves move(Instant now) {
        forget(now);
        var in = new ArrayList<String>();
        var tooLate = new ArrayList<String>();
        for (Iterator<Waiting> each = queue.iterator(); each.hasNext(); ) {
            Waiting waiting = each.next();
            if (!waiting.until().isAfter(now)) {
                tooLate.add(waiting.lease());
                each.remove();
            } else if (isFree()) {
                admit(waiting.lease(), now);
                in.add(waiting.lease());
                each.remove();
            }
        }
        return new Moves(in, tooLate);
    }

    Duration retryAfter(Instant now) {
        if (settings.perMinute() > 0 && begun.size() >= settings.perMinute()) {
            return Duration.between(now, begun.element().plus(MINUTE));
        }
        return settings.queueWait();
    }

    boolean isIdle(Instant now) {
        forget(now);
        return leases.isEmpty() && queue.isEmpty() && begun.isEmpty();
    }

    private boolean isFree() {
        return (settings.concurrent() == 0 || leases.size() < settings.concurrent())
                && (settings.perMinute() == 0 || begun.size() < settings.perMinute());
    }

    private void admit(String lease, Instant now) {
        leases.put(lease, now.plus(LEASE));
        if (settings.perMinute() > 0) {
            begun.add(now);
        }
    }

    private void forget(Instant now) {
        leases.values().removeIf(until -> !until.isAfter(now));
        while (!begun.isEmpty() && !begun.element().plus(MINUTE).isAfter(now)) {
            begun.remove();
        }
    }
}
