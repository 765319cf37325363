package dev.baton.runner.episode;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The settings of {@code baton.runner.episode}. {@code grace}: how long a closed episode can still be read and an unanswered
 * pull waits, at least.
 */
public record EpisodeSettings(long maxBytes, Duration grace) {
    public EpisodeSettings {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("baton.runner.episode.max-bytes (" + maxBytes + ") must be at least 1");
        }
        if (grace.isNegative() || grace.isZero()) {
            throw new IllegalArgumentException("baton.runner.episode.grace (" + grace + ") must be positive");
        }
    }

    public static EpisodeSettings from(Config root) {
        Config config = root.getConfig("baton.runner.episode");
        return new EpisodeSettings(config.getBytes("max-bytes"), config.getDuration("grace"));
    }
}
