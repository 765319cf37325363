package dev.baton.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(StreamSettings.from(ConfigFactory.load()))
                .isEqualTo(new StreamSettings(
                        256,
                        128,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(300),
                        Duration.ofMillis(200),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(1)));
    }

    @Test
    void canBeSet() {
        assertThat(StreamSettings.from(set("buffer = 1, page = 2, keep-alive = 3s, stall-limit = 4s, answer-limit = 5s,"
                        + " retry-delay = 6s, reconnect-spread = 7s, max-age = 8s, watch-poll = 9s")))
                .isEqualTo(new StreamSettings(
                        1,
                        2,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9)));
    }

    @Test
    void namesWhatCannotBe() {
        assertThatThrownBy(() -> StreamSettings.from(set("buffer = 0")))
                .hasMessage("baton.stream.buffer (0) must be at least 1");
        assertThatThrownBy(() -> StreamSettings.from(set("stall-limit = 15s")))
                .hasMessage("baton.stream.stall-limit (PT15S) must exceed baton.stream.keep-alive (PT15S)");
    }

    private static Config set(String values) {
        return ConfigFactory.parseString("baton.stream { " + values + " }").withFallback(ConfigFactory.load());
    }
}
