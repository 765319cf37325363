package dev.baton.persistence.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MoveSettingsTest {

    @Test
    void defaultsAreThoseOfReferenceConf() {
        assertThat(MoveSettings.from(ConfigFactory.defaultReference()))
                .isEqualTo(new MoveSettings(Duration.ofDays(7), Duration.ofMinutes(10), 1_000, 10_000));
    }

    @Test
    void everyKeyCanBeSet() {
        assertThat(MoveSettings.from(ConfigFactory.parseString(
                        "baton.moves { keep = 1h, purge-interval = 2s, purge-batch = 3, pending = 4 }")))
                .isEqualTo(new MoveSettings(Duration.ofHours(1), Duration.ofSeconds(2), 3, 4));
    }

    @Test
    void namesTheKeyOfABadValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MoveSettings(Duration.ZERO, Duration.ofSeconds(1), 1, 1))
                .withMessage("baton.moves.keep (PT0S) must be positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MoveSettings(Duration.ofDays(1), Duration.ofSeconds(1), 0, 1))
                .withMessage("baton.moves.purge-batch (0) must be at least 1");
    }
}
