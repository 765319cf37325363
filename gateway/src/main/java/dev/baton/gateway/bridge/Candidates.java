package dev.baton.gateway.bridge;

import dev.baton.gateway.bridge.health.Health;
import dev.baton.gateway.bridge.health.Keys;
import dev.baton.gateway.bridge.provider.Provider;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.runner.model.ModelException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says which target is called next, and with which key, as the calls for one request fail. A target is given up when it
 * fails, a key when it is refused or used up.
 *
 * <p>Used by one call, in which everything happens one after the other.
 */
final class Candidates {
    private final Setup setup;
    private final Route route;
    private final Health health;
    private final BridgeMeter meter;
    private final Set<String> givenUp = new HashSet<>();
    private final Set<String> triedKeys = new HashSet<>();
    private @Nullable Attempt current;

    Candidates(Setup setup, Route route, Health health, BridgeMeter meter) {
        this.setup = setup;
        this.route = route;
        this.health = health;
        this.meter = meter;
    }

    /** The next attempt at one of the targets that fit; empty when there is none. */
    Optional<Attempt> next(Predicate<ModelTarget> fits) {
        for (ModelTarget target : route.targets()) {
            Optional<Provider> provider = setup.providerOf(target);
            if (givenUp.contains(target.name()) || provider.isEmpty() || !fits.test(target)) {
                continue;
            }
            if (current != null && !current.target().name().equals(target.name())) {
                triedKeys.clear();
            }
            Optional<Keys.Picked> key = admitted(target);
            if (key.isPresent()) {
                return Optional.of(attempt(target, provider.get(), key.get()));
            }
            givenUp.add(target.name());
        }
        return Optional.empty();
    }

    Attempt attempt(ModelTarget target, Provider provider, Keys.Picked key) {
        return new Attempt(setup, target, provider, key, health, meter);
    }

    /** {@code attempt} is made now. */
    void begin(Attempt attempt) {
        if (current != null) {
            meter.failedOver(current.target(), attempt.target());
        }
        current = attempt;
        meter.called(attempt.target());
    }

    @Nullable
    Attempt current() {
        return current;
    }

    /** After {@code failure} neither the target nor its key, whichever it is about, is tried again. */
    void leave(Attempt failed, Failure failure) {
        if (isOfTheKey(failure)) {
            triedKeys.add(failed.key().print());
        } else {
            givenUp.add(failed.target().name());
        }
    }

    static boolean isWorthMoving(Failure failure) {
        return failure.retryable() || isOfTheKey(failure);
    }

    private static boolean isOfTheKey(Failure failure) {
        return switch (failure.kind()) {
            case AUTH, MISSING_KEY, USAGE_LIMIT, RATE_LIMIT -> true;
            default -> false;
        };
    }

    private Optional<Keys.Picked> admitted(ModelTarget target) {
        if (!setup.isWatched(target)) {
            return Optional.of(new Keys.Picked(Optional.empty(), "none")).filter(key -> triedKeys.isEmpty());
        }
        String name = setup.healthName(target);
        if (!health.admits(name)) {
            return Optional.empty();
        }
        Optional<Keys> keys = health.pick(name, setup.keysOf(target), triedKeys);
        if (keys.isPresent() && keys.get() instanceof Keys.Picked picked) {
            return Optional.of(picked);
        }
        health.unknown(name);
        return Optional.empty();
    }

    /** Why no target can be called now. {@code misfit}: why those that do not fit do not. */
    ModelException nobody(Predicate<ModelTarget> fits, String misfit) {
        List<ModelTarget> enabled = route.targets().stream()
                .filter(target -> setup.providerOf(target).isPresent())
                .toList();
        if (enabled.isEmpty()) {
            String provider = route.first().provider();
            return Refusals.of(
                    provider + " was disabled; ask the administrator", FailureKind.PROVIDER_DISABLED, provider, false);
        }
        List<ModelTarget> fitting = enabled.stream().filter(fits).toList();
        if (fitting.isEmpty()) {
            return Refusals.of(misfit, FailureKind.CONFIG, enabled.get(0).provider(), false);
        }
        return leftAlone(fitting);
    }

    private ModelException leftAlone(List<ModelTarget> targets) {
        Duration wait = null;
        FailureKind kind = FailureKind.OVERLOADED;
        for (ModelTarget target : targets) {
            String name = setup.healthName(target);
            var keys = health.pick(name, setup.keysOf(target), Set.of());
            boolean aside = keys.isPresent() && keys.get() instanceof Keys.AllAside;
            Duration left = aside ? ((Keys.AllAside) keys.get()).left() : health.left(name);
            if (wait == null || left.compareTo(wait) < 0) {
                wait = left;
                kind = aside ? FailureKind.RATE_LIMIT : FailureKind.OVERLOADED;
            }
        }
        String provider = targets.get(0).provider();
        String reason = kind == FailureKind.RATE_LIMIT
                ? "%s limits the rate of requests right now".formatted(provider)
                : "%s has failed too often and is left alone for now".formatted(provider);
        return Refusals.of(reason, kind, provider, true, wait);
    }
}
