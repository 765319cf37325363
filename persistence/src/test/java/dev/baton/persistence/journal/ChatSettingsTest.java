package dev.baton.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChatSettingsTest {

    @Test
    void hasTheDefaultsOfTheReference() {
        assertThat(ChatSettings.from(ConfigFactory.load())).isEqualTo(new ChatSettings(Duration.ofMinutes(2), 100, 30));
    }

    @Test
    void takesEachKey() {
        var config = ConfigFactory.parseString("baton.chat { passivate-after = 5s, snapshot-events = 7, shards = 3 }");
        assertThat(ChatSettings.from(config)).isEqualTo(new ChatSettings(Duration.ofSeconds(5), 7, 3));
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChatSettings(Duration.ZERO, 100, 30))
                .withMessage("baton.chat.passivate-after (PT0S) must be positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChatSettings(Duration.ofMinutes(2), 0, 30))
                .withMessage("baton.chat.snapshot-events (0) must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChatSettings(Duration.ofMinutes(2), 100, 0))
                .withMessage("baton.chat.shards (0) must be at least 1");
    }
}
