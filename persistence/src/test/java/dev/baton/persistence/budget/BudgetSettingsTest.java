package dev.baton.persistence.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetSettingsTest {

    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(BudgetSettings.from(ConfigFactory.defaultReference()))
                .isEqualTo(new BudgetSettings(
                        Duration.ofSeconds(2),
                        4096,
                        3,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(2)));
    }

    @Test
    void readsEveryKey() {
        assertThat(settings("{ refresh = 0, output-tokens = 1, characters-per-token = 2, answer-limit = 3s,"
                        + " check-interval = 4s, passivate-after = 5s }"))
                .isEqualTo(new BudgetSettings(
                        Duration.ZERO, 1, 2, Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5)));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> settings("{ refresh = -1s }"))
                .hasMessage("baton.budgets.refresh (PT-1S) must not be negative");
        assertThatThrownBy(() -> settings("{ output-tokens = 0 }"))
                .hasMessage("baton.budgets.output-tokens (0) must be at least 1");
        assertThatThrownBy(() -> settings("{ check-interval = 0 }"))
                .hasMessage("baton.budgets.check-interval (PT0S) must be positive");
    }

    static BudgetSettings settings(String block) {
        return BudgetSettings.from(
                ConfigFactory.parseString("baton.budgets " + block).withFallback(ConfigFactory.load()));
    }
}
