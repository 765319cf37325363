package dev.baton.gateway.http;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Set;

/** The settings of {@code baton.api}; {@code reference.conf} holds the defaults and says what each is for. */
public record ApiSettings(
        long maxBody, Duration bodyLimit, Duration answerLimit, Duration retryAfter, Set<String> allowedOrigins) {

    public ApiSettings {
        allowedOrigins = Set.copyOf(allowedOrigins);
        if (maxBody < 1) {
            throw new IllegalArgumentException("baton.api.max-body (" + maxBody + ") must be at least 1");
        }
        requirePositive("body-limit", bodyLimit);
        requirePositive("answer-limit", answerLimit);
        requirePositive("retry-after", retryAfter);
    }

    public static ApiSettings from(Config root) {
        Config config = root.getConfig("baton.api");
        return new ApiSettings(
                config.getBytes("max-body"),
                config.getDuration("body-limit"),
                config.getDuration("answer-limit"),
                config.getDuration("retry-after"),
                Set.copyOf(config.getStringList("allowed-origins")));
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("baton.api." + key + " (" + value + ") must be positive");
        }
    }
}
