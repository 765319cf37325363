package dev.baton.persistence.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ViewSettingsTest {

    @Test
    void defaultsAreThoseOfReferenceConf() {
        assertThat(ViewSettings.from(ConfigFactory.defaultReference()))
                .isEqualTo(new ViewSettings(
                        500, 10_000, Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }

    @Test
    void everyKeyCanBeSet() {
        assertThat(ViewSettings.from(ConfigFactory.parseString("""
                        baton.view {
                          group-size = 1, pending-chats = 2, retry { min = 3s, max = 4s }, query-timeout = 5s
                        }
                        """)))
                .isEqualTo(new ViewSettings(1, 2, Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5)));
    }

    @Test
    void namesTheKeyOfABadValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ViewSettings(1, 1, Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ZERO))
                .withMessage("baton.view.retry.min (PT3S) must not exceed baton.view.retry.max (PT2S)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ViewSettings(0, 1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)))
                .withMessage("baton.view.group-size (0) must be at least 1");
    }
}
