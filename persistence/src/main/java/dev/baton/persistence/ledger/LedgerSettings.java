package dev.baton.persistence.ledger;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.ledger}; {@code reference.conf} holds the defaults and says what each is for. */
public record LedgerSettings(
        String currency,
        Content content,
        int contentLength,
        int groupSize,
        int pending,
        Duration writeLimit,
        Duration retryMin,
        Duration retryMax,
        Duration queryLimit,
        Duration keep,
        Duration upkeepInterval,
        int batch) {
    private static final int MOST_CURRENCY = 16;

    public LedgerSettings {
        if (currency.isBlank() || currency.length() > MOST_CURRENCY) {
            throw new IllegalArgumentException(
                    "baton.ledger.currency (" + currency + ") must have 1 to " + MOST_CURRENCY + " characters");
        }
        requireAtLeastOne("content-length", contentLength);
        requireAtLeastOne("group-size", groupSize);
        requireAtLeastOne("pending", pending);
        requireAtLeastOne("upkeep.batch", batch);
        requirePositive("write-limit", writeLimit);
        requirePositive("retry.min", retryMin);
        requirePositive("query-limit", queryLimit);
        requirePositive("upkeep.interval", upkeepInterval);
        if (keep.isNegative()) {
            throw new IllegalArgumentException("baton.ledger.keep (" + keep + ") must not be negative");
        }
        if (retryMin.compareTo(retryMax) > 0) {
            throw new IllegalArgumentException("baton.ledger.retry.min (" + retryMin
                    + ") must not exceed baton.ledger.retry.max (" + retryMax + ")");
        }
    }

    public static LedgerSettings from(Config root) {
        Config config = root.getConfig("baton.ledger");
        return new LedgerSettings(
                config.getString("currency"),
                Content.parse(config.getString("content")),
                config.getInt("content-length"),
                config.getInt("group-size"),
                config.getInt("pending"),
                config.getDuration("write-limit"),
                config.getDuration("retry.min"),
                config.getDuration("retry.max"),
                config.getDuration("query-limit"),
                config.getDuration("keep"),
                config.getDuration("upkeep.interval"),
                config.getInt("upkeep.batch"));
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
            throw new IllegalArgumentException("baton.ledger." + key + " (" + value + ") must be positive");
        }
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("baton.ledger." + key + " (" + value + ") must be at least 1");
        }
    }
}
