package dev.baton.persistence.view;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.moves}; {@code reference.conf} holds the defaults and says what each is for. */
public record MoveSettings(Duration keep, Duration purgeInterval, int purgeBatch, int pending) {

    public MoveSettings {
        requirePositive("keep", keep);
        requirePositive("purge-interval", purgeInterval);
        requireAtLeastOne("purge-batch", purgeBatch);
        requireAtLeastOne("pending", pending);
    }

    public static MoveSettings from(Config root) {
        Config config = root.getConfig("baton.moves");
        return new MoveSettings(
                config.getDuration("keep"),
                config.getDuration("purge-interval"),
                config.getInt("purge-batch"),
                config.getInt("pending"));
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("baton.moves." + key + " (" + value + ") must be positive");
        }
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("baton.moves." + key + " (" + value + ") must be at least 1");
        }
    }
}
