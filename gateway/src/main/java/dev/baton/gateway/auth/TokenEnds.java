package dev.baton.gateway.auth;

import akka.actor.Cancellable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever works in the name of a token for longer than a moment that the token has ended: streams above all. Safe from
 * any thread; nothing foreign runs while the lock is held.
 */
public final class TokenEnds {

    /** Why a token is none any more. */
    public enum Ending {
        REVOKED,
        EXPIRED
    }

    /** Between a token's check and the start of what is done in its name it may end; so that many are remembered. */
    private static final int REMEMBERED = 10_000;

    /** No timer runs longer; what lasts until then is set again. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Clock clock;
    private final BiFunction<Duration, Runnable, Cancellable> timers;
    private final Map<String, Set<Watch>> watches = new HashMap<>();
    private final Set<String> revoked = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** {@code timers}: runs something after a while, unless it is cancelled. */
    public TokenEnds(Clock clock, BiFunction<Duration, Runnable, Cancellable> timers) {
        this.clock = clock;
        this.timers = timers;
    }

    /** One who wants to be told. Compared by identity. */
    private final class Watch {
        private final Caller caller;
        private final Consumer<Ending> told;
        private @Nullable Cancellable timer;
        private boolean over;

        Watch(Caller caller, Consumer<Ending> told) {
            this.caller = caller;
            this.told = told;
        }

        void schedule(Instant end) {
            Duration left = Duration.between(clock.instant(), end);
            if (left.isNegative() || left.isZero()) {
                tell(Ending.EXPIRED);
                return;
            }
            Cancellable set = left.compareTo(LONGEST) > 0
                    ? timers.apply(LONGEST, () -> schedule(end))
                    : timers.apply(left, () -> tell(Ending.EXPIRED));
            if (isOver(set)) {
                set.cancel();
            }
        }

        private boolean isOver(Cancellable set) {
            synchronized (TokenEnds.this) {
                timer = set;
                return over;
            }
        }

        void tell(Ending ending) {
            if (end()) {
                told.accept(ending);
            }
        }

        /** Whether it was not over yet. */
        boolean end() {
            synchronized (TokenEnds.this) {
                if (over) {
                    return false;
                }
                over = true;
                if (timer != null) {
                    timer.cancel();
                }
                Set<Watch> others = watches.get(caller.token());
                if (others != null && others.remove(this) && others.isEmpty()) {
                    watches.remove(caller.token());
                }
                return true;
            }
        }
    }

    /**
     * Tells {@code told} once when {@code caller}'s token ends, at once when it has ended. Run what is returned when it need
     * not be told any more.
     */
    public Runnable watch(Caller caller, Consumer<Ending> told) {
        var watch = new Watch(caller, told);
        if (isRevoked(watch)) {
            watch.tell(Ending.REVOKED);
        } else if (caller.expires() != null) {
            watch.schedule(caller.expires());
        }
        return () -> {
            boolean unused = watch.end();
        };
    }

    private synchronized boolean isRevoked(Watch watch) {
        watches.computeIfAbsent(watch.caller.token(), token -> new LinkedHashSet<>())
                .add(watch);
        return revoked.contains(watch.caller.token());
    }

    /** Whether {@code token} was revoked as far as is remembered. */
    synchronized boolean isRevoked(String token) {
        return revoked.contains(token);
    }

    /** The token with this name is revoked, from now on and for ever. Harmless again. */
    void revoke(String token) {
        List<Watch> all;
        synchronized (this) {
            revoked.add(token);
            all = new ArrayList<>(watches.getOrDefault(token, Set.of()));
        }
        all.forEach(watch -> watch.tell(Ending.REVOKED));
    }

    /** How many want to be told of something. */
    synchronized int watching() {
        return watches.values().stream().mapToInt(Set::size).sum();
    }
}
