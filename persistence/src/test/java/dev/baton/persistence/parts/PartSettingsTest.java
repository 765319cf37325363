package dev.baton.persistence.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.parts.PartSettings.Publish;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(PartSettings.from(ConfigFactory.load()))
                .isEqualTo(new PartSettings(
                        Publish.DURABLE,
                        500,
                        Duration.ofSeconds(10),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        5_000));
    }

    @Test
    void readsEveryKey() {
        Config config = ConfigFactory.parseString("""
                baton.parts {
                  publish = immediate, group-size = 1, write-limit = 2s, retry { min = 3s, max = 4s }
                  orphans { age = 5s, interval = 6s, batch = 7 }
                }""");
        assertThat(PartSettings.from(config))
                .isEqualTo(new PartSettings(
                        Publish.IMMEDIATE,
                        1,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        7));
    }

    @Test
    void refusesWhatCannotBe() {
        Map<String, Object> wrong = Map.of(
                "publish", "later",
                "group-size", 0,
                "write-limit", "0s",
                "retry.min", "3s",
                "orphans.age", "0s",
                "orphans.interval", "0s",
                "orphans.batch", 0);
        wrong.forEach((key, value) -> assertThatIllegalArgumentException()
                .isThrownBy(() -> PartSettings.from(ConfigFactory.parseMap(Map.of("baton.parts." + key, value))
                        .withFallback(ConfigFactory.load())))
                .withMessageContaining("baton.parts." + key));
    }
}
