package dev.baton.gateway.node.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SplitSettingsTest {

    @Test
    void theDefaultsAreThoseOfTheReference() {
        assertThat(SplitSettings.from(ConfigFactory.load()))
                .isEqualTo(new SplitSettings(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    @Test
    void everyKeyCanBeSet() {
        assertThat(SplitSettings.from(
                        ConfigFactory.parseString("baton.node.split { stable-after = 3s, minority-delay = 0s }")))
                .isEqualTo(new SplitSettings(Duration.ofSeconds(3), Duration.ZERO));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new SplitSettings(Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("baton.node.split.stable-after (PT0S)");
        assertThatThrownBy(() -> new SplitSettings(Duration.ofSeconds(1), Duration.ofSeconds(-1)))
                .hasMessageContaining("baton.node.split.minority-delay (PT-1S)");
    }
}
