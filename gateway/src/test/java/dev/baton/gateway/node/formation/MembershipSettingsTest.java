package dev.baton.gateway.node.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MembershipSettingsTest {

    @Test
    void theDefaultsAreThoseOfTheReference() {
        assertThat(MembershipSettings.from(ConfigFactory.load()))
                .isEqualTo(
                        new MembershipSettings(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(2)));
    }

    @Test
    void everyKeyCanBeSet() {
        assertThat(MembershipSettings.from(with("refresh = 2s, silent-after = 6s, query-limit = 1s")))
                .isEqualTo(new MembershipSettings(Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofSeconds(1)));
    }

    @Test
    void whatCannotWorkIsNamed() {
        assertThatThrownBy(() -> MembershipSettings.from(with("refresh = 0s")))
                .hasMessage("baton.membership.refresh (PT0S) must be positive");
        assertThatThrownBy(() -> MembershipSettings.from(with("query-limit = 0s")))
                .hasMessage("baton.membership.query-limit (PT0S) must be positive");
        assertThatThrownBy(() -> MembershipSettings.from(with("refresh = 2s, silent-after = 5s")))
                .hasMessage("baton.membership.silent-after (PT5S) must be at least three times"
                        + " baton.membership.refresh (PT2S)");
    }

    private static Config with(String settings) {
        return ConfigFactory.parseString("baton.membership { " + settings + " }")
                .withFallback(ConfigFactory.load());
    }
}
