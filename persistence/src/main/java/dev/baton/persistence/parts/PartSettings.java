package dev.baton.persistence.parts;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** The settings of {@code baton.parts}; {@code reference.conf} holds the defaults and says what each is for. */
public record PartSettings(
        Publish publish,
        int groupSize,
        Duration writeLimit,
        Duration retryMin,
        Duration retryMax,
        Duration orphanAge,
        Duration orphanInterval,
        int orphanBatch) {

    /** When people see a part. */
    public enum Publish {
        /** When it is in the log. */
        DURABLE,
        /** At once. */
        IMMEDIATE;

        static Publish parse(String text) {
            return Arrays.stream(values())
                    .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "baton.parts.publish (" + text + ") must be durable or immediate"));
        }
    }

    public PartSettings {
        requireAtLeastOne("group-size", groupSize);
        requirePositive("write-limit", writeLimit);
        requirePositive("retry.min", retryMin);
        requirePositive("orphans.age", orphanAge);
        requirePositive("orphans.interval", orphanInterval);
        requireAtLeastOne("orphans.batch", orphanBatch);
        if (retryMin.compareTo(retryMax) > 0) {
            throw new IllegalArgumentException("baton.parts.retry.min (" + retryMin
                    + ") must not exceed baton.parts.retry.max (" + retryMax + ")");
        }
    }

    public static PartSettings from(Config root) {
        Config config = root.getConfig("baton.parts");
        return new PartSettings(
                Publish.parse(config.getString("publish")),
                config.getInt("group-size"),
                config.getDuration("write-limit"),
                config.getDuration("retry.min"),
                config.getDuration("retry.max"),
                config.getDuration("orphans.age"),
                config.getDuration("orphans.interval"),
                config.getInt("orphans.batch"));
    }

    /** The wait before the {@code nth} try again, from 1. */
    Duration retry(int nth) {
        Duration wait = retryMin;
        for (int i = 1; i < nth && wait.compareTo(retryMax) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(retryMax) < 0 ? wait : retryMax;
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("baton.parts." + key + " (" + value + ") must be positive");
        }
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("baton.parts." + key + " (" + value + ") must be at least 1");
        }
    }
}
