package dev.baton.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoorSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(DoorSettings.from(ConfigFactory.load()))
                .isEqualTo(new DoorSettings(32L << 20, Duration.ofSeconds(60), Duration.ofSeconds(15)));
    }

    @Test
    void canBeSet() {
        assertThat(DoorSettings.from(set("max-body = 1, body-limit = 2s, keep-alive = 3s")))
                .isEqualTo(new DoorSettings(1, Duration.ofSeconds(2), Duration.ofSeconds(3)));
    }

    @Test
    void namesWhatCannotBe() {
        assertThatThrownBy(() -> DoorSettings.from(set("max-body = 0")))
                .hasMessage("baton.door.max-body (0) must be at least 1");
        assertThatThrownBy(() -> DoorSettings.from(set("keep-alive = 0s")))
                .hasMessage("baton.door.keep-alive (PT0S) must be positive");
    }

    private static Config set(String values) {
        return ConfigFactory.parseString("baton.door { " + values + " }").withFallback(ConfigFactory.load());
    }
}
