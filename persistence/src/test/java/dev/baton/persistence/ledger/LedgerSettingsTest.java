package dev.baton.persistence.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LedgerSettingsTest {

    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(LedgerSettings.from(ConfigFactory.defaultReference()))
                .isEqualTo(new LedgerSettings(
                        "USD",
                        Content.METADATA,
                        20_000,
                        500,
                        10_000,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofDays(90),
                        Duration.ofMinutes(1),
                        1_000));
    }

    @Test
    void readsEveryKey() {
        assertThat(Calls.settings(
                        "baton.ledger { currency = EUR, content = off, content-length = 1, group-size = 2, pending = 3,"
                                + " write-limit = 4s, retry { min = 5s, max = 6s }, query-limit = 7s, keep = 0,"
                                + " upkeep { interval = 8s, batch = 9 } }"))
                .isEqualTo(new LedgerSettings(
                        "EUR",
                        Content.OFF,
                        1,
                        2,
                        3,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ZERO,
                        Duration.ofSeconds(8),
                        9));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Calls.settings("baton.ledger.content = some"))
                .hasMessage("baton.ledger.content (some) must be off, metadata or full");
        assertThatThrownBy(() -> Calls.settings("baton.ledger.retry.min = 3s"))
                .hasMessage("baton.ledger.retry.min (PT3S) must not exceed baton.ledger.retry.max (PT2S)");
        assertThatThrownBy(() -> Calls.settings("baton.ledger.keep = -1s"))
                .hasMessage("baton.ledger.keep (PT-1S) must not be negative");
        assertThatThrownBy(() -> Calls.settings("baton.ledger.currency = \"\""))
                .hasMessage("baton.ledger.currency () must have 1 to 16 characters");
    }

    @Test
    void waitsLongerEachTimeUpToTheLongest() {
        LedgerSettings settings = Calls.settings();
        assertThat(settings.retry(1)).isEqualTo(Duration.ofMillis(50));
        assertThat(settings.retry(3)).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.retry(20)).isEqualTo(Duration.ofSeconds(2));
    }
}
