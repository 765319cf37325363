package dev.baton.runner;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.runner}; {@code reference.conf} holds the defaults and says what each is for. */
public record RunnerSettings(
        int maxRunning,
        Duration syncInterval,
        Duration askTimeout,
        Backoff taskRetry,
        int hintBuffer,
        Duration stallAfter,
        Duration drainTimeout,
        int handoverAtOnce,
        Duration actionTimeout,
        int maxSteps,
        Model model,
        Episode episode,
        Takeover takeover) {

    public RunnerSettings {
        new Rules()
                .atLeastOne("max-running", maxRunning)
                .positive("sync-interval", syncInterval)
                .positive("ask-timeout", askTimeout)
                .atLeastOne("hint-buffer", hintBuffer)
                .positive("stall-after", stallAfter)
                .positive("drain-timeout", drainTimeout)
                .atLeastOne("handover-at-once", handoverAtOnce)
                .positive("action-timeout", actionTimeout)
                .atLeastOne("turn.max-steps", maxSteps)
                .ordered("task-retry.min", taskRetry.min(), "task-retry.max", taskRetry.max())
                .ordered(
                        "model.retry.min",
                        model.retry().min(),
                        "model.retry.max",
                        model.retry().max())
                .notNegative("model.max-retries", model.maxRetries())
                .positive("model.silence-timeout", model.silenceTimeout())
                .atLeastOne("episode.max-bytes", episode.maxBytes())
                .positive("episode.grace", episode.grace())
                .positive("takeover.sweep-interval", takeover.sweepInterval())
                .positive("takeover.limit", takeover.limit())
                .atLeastOne("takeover.page", takeover.page())
                .enforce();
    }

    /** A wait that doubles from {@code min} to {@code max}. */
    public record Backoff(Duration min, Duration max) {

        /** The wait before the {@code nth} try again, from 1. */
        public Duration before(int nth) {
            Duration wait = min;
            for (int i = 1; i < nth && wait.compareTo(max) < 0; i++) {
                wait = wait.multipliedBy(2);
            }
            return wait.compareTo(max) < 0 ? wait : max;
        }
    }

    public record Model(int maxRetries, Backoff retry, Duration silenceTimeout) {}

    public record Episode(long maxBytes, Duration grace) {}

    public record Takeover(Duration sweepInterval, Duration limit, int page) {}

    public static RunnerSettings from(Config root) {
        Config config = root.getConfig("baton.runner");
        return new RunnerSettings(
                config.getInt("max-running"),
                config.getDuration("sync-interval"),
                config.getDuration("ask-timeout"),
                backoff(config.getConfig("task-retry")),
                config.getInt("hint-buffer"),
                config.getDuration("stall-after"),
                config.getDuration("drain-timeout"),
                config.getInt("handover-at-once"),
                config.getDuration("action-timeout"),
                config.getInt("turn.max-steps"),
                new Model(
                        config.getInt("model.max-retries"),
                        backoff(config.getConfig("model.retry")),
                        config.getDuration("model.silence-timeout")),
                new Episode(config.getBytes("episode.max-bytes"), config.getDuration("episode.grace")),
                new Takeover(
                        config.getDuration("takeover.sweep-interval"),
                        config.getDuration("takeover.limit"),
                        config.getInt("takeover.page")));
    }

    private static Backoff backoff(Config config) {
        return new Backoff(config.getDuration("min"), config.getDuration("max"));
    }
}
