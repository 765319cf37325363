package dev.baton.gateway.door;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.door}; {@code reference.conf} holds the defaults and says what each is for. */
public record DoorSettings(long maxBody, Duration bodyLimit, Duration keepAlive) {

    public DoorSettings {
        if (maxBody < 1) {
            throw new IllegalArgumentException("baton.door.max-body (" + maxBody + ") must be at least 1");
        }
        requirePositive("body-limit", bodyLimit);
        requirePositive("keep-alive", keepAlive);
    }

    public static DoorSettings from(Config root) {
        Config config = root.getConfig("baton.door");
        return new DoorSettings(
                config.getBytes("max-body"), config.getDuration("body-limit"), config.getDuration("keep-alive"));
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("baton.door." + key + " (" + value + ") must be positive");
        }
    }
}
