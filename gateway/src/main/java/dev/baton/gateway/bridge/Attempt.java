package dev.baton.gateway.bridge;

import dev.baton.gateway.bridge.health.Health;
import dev.baton.gateway.bridge.health.Keys;
import dev.baton.gateway.bridge.provider.Provider;
import dev.baton.runner.model.ModelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call at one target with one key. What becomes of it is told to whoever keeps count. */
final class Attempt {
    private final ModelTarget target;
    private final Provider provider;
    private final Keys.Picked key;
    private final Health health;
    private final BridgeMeter meter;
    /** Under which name its health is known; null when nobody keeps it. */
    private final @Nullable String watched;

    private final long startedNanos = System.nanoTime();
    private boolean heard;
    private boolean told;

    Attempt(Setup setup, ModelTarget target, Provider provider, Keys.Picked key, Health health, BridgeMeter meter) {
        this.target = target;
        this.provider = provider;
        this.key = key;
        this.health = health;
        this.meter = meter;
        this.watched = setup.isWatched(target) ? setup.healthName(target) : null;
    }

    ModelTarget target() {
        return target;
    }

    Provider provider() {
        return provider;
    }

    Keys.Picked key() {
        return key;
    }

    String at(String providersPosition) {
        return new KeptAt(target.name(), key.print(), providersPosition).toString();
    }

    void heard() {
        if (!heard) {
            heard = true;
            meter.begun(target, Duration.ofNanos(System.nanoTime() - startedNanos));
            if (watched != null) {
                health.begun(watched);
            }
        }
    }

    void answered() {
        told = true;
        if (watched != null) {
            health.answered(watched, key.print());
        }
    }

    void failed(ModelException failure) {
        told = true;
        meter.failed(target, failure.failure().kind());
        if (watched != null) {
            health.failed(watched, key.print(), failure);
        }
    }

    /** A failure is told by itself; else the call was cancelled before anybody knew what would become of it. */
    void ended(@Nullable Throwable failure) {
        if (!(failure instanceof ModelException) && !told && watched != null) {
            health.unknown(watched);
        }
    }
}
