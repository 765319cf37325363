package dev.baton.gateway.bridge.health;

import dev.baton.gateway.bridge.provider.ApiKey;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.runner.model.ModelException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows of every model at every provider whether it may be asked, and with which key.
 *
 * <p>Safe from any thread. Nothing foreign runs while the lock is held.
 */
public final class Health {
    private static final String BREAKER = "breaker ";
    private static final String COOLING = "cooling ";
    private static final String REFUSED = "refused ";

    private final HealthSettings settings;
    private final Clock clock;
    private final SharedHealth others;
    private final Map<String, Breaker> breakers = new HashMap<>();
    private final Map<String, KeyPool> pools = new HashMap<>();
    private final Map<String, LastFailure> failures = new HashMap<>();

    /** How a target failed the last time, here. */
    public record LastFailure(FailureKind kind, Instant at) {}

    public Health(HealthSettings settings, Clock clock, SharedHealth others) {
        this.settings = settings;
        this.clock = clock;
        this.others = others;
        others.hear(this::heard);
    }

    /** Whether {@code target} may be called; who is let in says later how it went. */
    public synchronized boolean admits(String target) {
        return breaker(target).admits(clock.instant());
    }

    /** The key for a call that has tried some already; empty when there is none left to try. */
    public synchronized Optional<Keys> pick(String target, List<ApiKey> keys, Collection<String> tried) {
        return pool(target).pick(keys, tried, clock.instant());
    }

    /** The fitting key of a call that has to be made with the one it was begun with. */
    public synchronized Optional<ApiKey> keyOf(List<ApiKey> keys, String print) {
        return keys.stream().filter(key -> KeyPool.printOf(key).equals(print)).findFirst();
    }

    /** How long {@code target} is to be left alone. */
    public synchronized Duration left(String target) {
        return breaker(target).left(clock.instant());
    }

    public synchronized BreakerState state(String target) {
        Breaker breaker = breakers.get(target);
        return breaker == null ? BreakerState.CLOSED : breaker.state(clock.instant());
    }

    /** How many of {@code keys} are put aside for {@code target}. */
    public synchronized int aside(String target, List<ApiKey> keys) {
        KeyPool pool = pools.get(target);
        return pool == null ? 0 : pool.asideOf(keys, clock.instant());
    }

    /** The model has begun to answer. */
    public void begun(String target) {
        boolean closed;
        synchronized (this) {
            closed = breaker(target).heard();
        }
        if (closed) {
            others.tell(BREAKER + target, Instant.EPOCH);
        }
    }

    public synchronized void answered(String target, String print) {
        breaker(target).answered();
        pool(target).answered(print);
    }

    /** The call ended without saying anything about the provider. */
    public synchronized void unknown(String target) {
        breaker(target).notTried();
    }

    /** What the failure says about the key or the provider is remembered. */
    public void failed(String target, String print, ModelException failure) {
        Instant now = clock.instant();
        synchronized (this) {
            failures.put(target, new LastFailure(failure.failure().kind(), now));
        }
        switch (failure.failure().kind()) {
            case AUTH, MISSING_KEY, USAGE_LIMIT -> {
                putAside(target, print, now.plus(settings.refusedFor()), true);
                unknown(target);
            }
            case RATE_LIMIT -> {
                putAside(target, print, now.plus(pauseAfter(failure)), false);
                unknown(target);
            }
            case OVERLOADED, TIMEOUT, STREAM_SILENCE_TIMEOUT, GENERIC -> {
                if (failure.failure().retryable()) {
                    broke(target, now);
                } else {
                    begun(target);
                }
            }
            case CONFIG, CONTENT_FILTER, PROVIDER_DISABLED, STEP_LIMIT, BUDGET_EXCEEDED -> begun(target);
        }
    }

    public synchronized Optional<LastFailure> lastFailure(String target) {
        return Optional.ofNullable(failures.get(target));
    }

    /** Whoever changed a provider's settings wants all its models to be asked again. */
    public synchronized void forget(String provider) {
        breakers.keySet().removeIf(target -> target.startsWith(provider + "/"));
        pools.keySet().removeIf(target -> target.startsWith(provider + "/"));
        failures.keySet().removeIf(target -> target.startsWith(provider + "/"));
    }

    private Duration pauseAfter(ModelException failure) {
        Duration wait = failure.retryAfter().orElse(settings.pause());
        return wait.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : wait;
    }

    private void broke(String target, Instant now) {
        boolean opened;
        Instant until;
        synchronized (this) {
            Breaker breaker = breaker(target);
            opened = breaker.failed(now);
            until = breaker.openUntil();
        }
        if (opened) {
            others.tell(BREAKER + target, until);
        }
    }

    private void putAside(String target, String print, Instant until, boolean refused) {
        synchronized (this) {
            pool(target).putAside(print, until, refused);
        }
        others.tell((refused ? REFUSED : COOLING) + print + " " + target, until);
    }

    private synchronized void heard(String subject, Instant until) {
        if (subject.startsWith(BREAKER)) {
            Breaker breaker = breaker(subject.substring(BREAKER.length()));
            if (until.isAfter(clock.instant())) {
                if (until.isAfter(breaker.openUntil()) || breaker.state(clock.instant()) == BreakerState.CLOSED) {
                    breaker.openUntil(until);
                }
            } else if (until.equals(Instant.EPOCH)) {
                breaker.closedElsewhere();
            }
            return;
        }
        boolean refused = subject.startsWith(REFUSED);
        if (!refused && !subject.startsWith(COOLING)) {
            return;
        }
        String rest = subject.substring((refused ? REFUSED : COOLING).length());
        int space = rest.indexOf(' ');
        if (space > 0 && until.isAfter(clock.instant())) {
            pool(rest.substring(space + 1)).putAside(rest.substring(0, space), until, refused);
        }
    }

    private Breaker breaker(String target) {
        return breakers.computeIfAbsent(target, name -> new Breaker(settings.failures(), settings.openFor()));
    }

    private KeyPool pool(String target) {
        return pools.computeIfAbsent(target, name -> new KeyPool());
    }
}
