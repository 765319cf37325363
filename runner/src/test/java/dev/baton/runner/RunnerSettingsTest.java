package dev.baton.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.baton.runner.RunnerSettings.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunnerSettingsTest {
    private static final Config OTHERS = ConfigFactory.parseString("""
            baton.runner {
              max-running = 2
              sync-interval = 3s
              ask-timeout = 4s
              task-retry { min = 5ms, max = 6ms }
              hint-buffer = 7
              stall-after = 8s
              drain-timeout = 9s
              handover-at-once = 21
              action-timeout = 10s
              turn.max-steps = 11
              model { max-retries = 12, retry { min = 13ms, max = 14ms }, silence-timeout = 15s }
              episode { max-bytes = 16, grace = 17s }
              takeover { sweep-interval = 18s, limit = 19s, page = 20 }
            }
            """);

    @Test
    void hasTheDefaultsOfTheReferenceConfiguration() {
        assertThat(RunnerSettings.from(ConfigFactory.defaultReference()))
                .isEqualTo(new RunnerSettings(
                        1000,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
                        64,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(10),
                        16,
                        Duration.ofMinutes(5),
                        1000,
                        new RunnerSettings.Model(
                                10, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)), Duration.ofMinutes(10)),
                        new RunnerSettings.Episode(64 << 20, Duration.ofSeconds(15)),
                        new RunnerSettings.Takeover(Duration.ofSeconds(5), Duration.ofSeconds(30), 500)));
    }

    @Test
    void takesEveryKeyFromTheConfiguration() {
        assertThat(keys(OTHERS)).isEqualTo(keys(ConfigFactory.defaultReference()));
        assertThat(RunnerSettings.from(OTHERS))
                .isEqualTo(new RunnerSettings(
                        2,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        new Backoff(Duration.ofMillis(5), Duration.ofMillis(6)),
                        7,
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9),
                        21,
                        Duration.ofSeconds(10),
                        11,
                        new RunnerSettings.Model(
                                12, new Backoff(Duration.ofMillis(13), Duration.ofMillis(14)), Duration.ofSeconds(15)),
                        new RunnerSettings.Episode(16, Duration.ofSeconds(17)),
                        new RunnerSettings.Takeover(Duration.ofSeconds(18), Duration.ofSeconds(19), 20)));
    }

    @Test
    void namesAllThatIsWrongInOneMessage() {
        Config wrong = ConfigFactory.parseMap(Map.of(
                        "baton.runner.max-running", 0,
                        "baton.runner.sync-interval", "0s",
                        "baton.runner.task-retry.min", "3s",
                        "baton.runner.task-retry.max", "2s"))
                .withFallback(OTHERS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunnerSettings.from(wrong))
                .withMessage("baton.runner.max-running (0) must be at least 1"
                        + "; baton.runner.sync-interval (PT0S) must be positive"
                        + "; baton.runner.task-retry.min (PT3S) must not exceed baton.runner.task-retry.max (PT2S)");
    }

    @Test
    void doublesABackoffUpToItsMaximum() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(backoff.before(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.before(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.before(6)).isEqualTo(Duration.ofSeconds(32));
        assertThat(backoff.before(7)).isEqualTo(Duration.ofSeconds(60));
        assertThat(backoff.before(1000)).isEqualTo(Duration.ofSeconds(60));
    }

    private static Set<String> keys(Config config) {
        return config.getConfig("baton.runner").entrySet().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
