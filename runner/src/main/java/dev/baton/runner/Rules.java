package dev.baton.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with settings, so that one message names all of it. */
final class Rules {
    private static final String PREFIX = "baton.runner.";

    private final List<String> broken = new ArrayList<>();

    Rules atLeastOne(String key, long value) {
        return require(value >= 1, "%s%s (%d) must be at least 1".formatted(PREFIX, key, value));
    }

    Rules notNegative(String key, long value) {
        return require(value >= 0, "%s%s (%d) must not be negative".formatted(PREFIX, key, value));
    }

    Rules positive(String key, Duration value) {
        return require(isPositive(value), "%s%s (%s) must be positive".formatted(PREFIX, key, value));
    }

    Rules ordered(String lowKey, Duration low, String highKey, Duration high) {
        positive(lowKey, low);
        return require(
                low.compareTo(high) <= 0,
                "%s%s (%s) must not exceed %s%s (%s)".formatted(PREFIX, lowKey, low, PREFIX, highKey, high));
    }

    void enforce() {
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", broken));
        }
    }

    private Rules require(boolean holds, String rule) {
        if (!holds) {
            broken.add(rule);
        }
        return this;
    }

    private static boolean isPositive(Duration value) {
        return !value.isNegative() && !value.isZero();
    }
}
