package dev.baton.gateway.node.split;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How long nodes wait before they have it decided who goes on; {@code baton.node.split}.
 *
 * @param stableAfter how long the same nodes must have been silent
 * @param minorityDelay how much longer the smaller part waits, so that the larger one asks first
 */
record SplitSettings(Duration stableAfter, Duration minorityDelay) {

    SplitSettings {
        if (stableAfter.isNegative() || stableAfter.isZero()) {
            throw new IllegalArgumentException("baton.node.split.stable-after (" + stableAfter + ") must be positive");
        }
        if (minorityDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "baton.node.split.minority-delay (" + minorityDelay + ") must not be negative");
        }
    }

    static SplitSettings from(Config root) {
        Config config = root.getConfig("baton.node.split");
        return new SplitSettings(config.getDuration("stable-after"), config.getDuration("minority-delay"));
    }
}
