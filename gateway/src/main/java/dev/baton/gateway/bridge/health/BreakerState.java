package dev.baton.gateway.bridge.health;

import java.util.Locale;

/** What a breaker lets through: everything, nothing, or one call that tries. */
public enum BreakerState {
    CLOSED,
    HALF_OPEN,
    OPEN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
