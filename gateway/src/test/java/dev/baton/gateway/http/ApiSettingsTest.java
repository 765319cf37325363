package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(ApiSettings.from(ConfigFactory.load()))
                .isEqualTo(new ApiSettings(
                        256 << 10, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(1), Set.of()));
    }

    @Test
    void canBeSet() {
        assertThat(
                        ApiSettings.from(
                                set(
                                        "max-body = 1k, body-limit = 2s, answer-limit = 3s, retry-after = 4s, allowed-origins = [a, b]")))
                .isEqualTo(new ApiSettings(
                        1024, Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4), Set.of("a", "b")));
    }

    @Test
    void namesWhatCannotBe() {
        assertThatThrownBy(() -> ApiSettings.from(set("answer-limit = 0s")))
                .hasMessage("baton.api.answer-limit (PT0S) must be positive");
    }

    private static Config set(String values) {
        return ConfigFactory.parseString("baton.api { " + values + " }").withFallback(ConfigFactory.load());
    }
}
