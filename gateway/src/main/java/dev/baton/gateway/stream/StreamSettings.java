package dev.baton.gateway.stream;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.stream}; {@code reference.conf} holds the defaults and says what each is for. */
public record StreamSettings(
        int buffer,
        int page,
        Duration keepAlive,
        Duration stallLimit,
        Duration answerLimit,
        Duration retryDelay,
        Duration reconnectSpread,
        Duration maxAge,
        Duration watchPoll) {

    public StreamSettings {
        requirePositive("buffer", buffer);
        requirePositive("page", page);
        requirePositive("keep-alive", keepAlive);
        requirePositive("answer-limit", answerLimit);
        requirePositive("retry-delay", retryDelay);
        requirePositive("reconnect-spread", reconnectSpread);
        requirePositive("max-age", maxAge);
        requirePositive("watch-poll", watchPoll);
        if (stallLimit.compareTo(keepAlive) <= 0) {
            throw new IllegalArgumentException("baton.stream.stall-limit (" + stallLimit
                    + ") must exceed baton.stream.keep-alive (" + keepAlive + ")");
        }
    }

    public static StreamSettings from(Config root) {
        Config config = root.getConfig("baton.stream");
        return new StreamSettings(
                config.getInt("buffer"),
                config.getInt("page"),
                config.getDuration("keep-alive"),
                config.getDuration("stall-limit"),
                config.getDuration("answer-limit"),
                config.getDuration("retry-delay"),
                config.getDuration("reconnect-spread"),
                config.getDuration("max-age"),
                config.getDuration("watch-poll"));
    }

    private static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("baton.stream." + key + " (" + value + ") must be at least 1");
        }
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("baton.stream." + key + " (" + value + ") must be positive");
        }
    }
}
