package dev.baton.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {

    @Test
    void defaultsAreThoseOfReferenceConf() {
        assertThat(DatabaseSettings.from(ConfigFactory.defaultReference()))
                .isEqualTo(new DatabaseSettings(
                        "jdbc:h2:file:./data/baton",
                        "baton",
                        "",
                        /* h2Sync= */ true,
                        8,
                        8,
                        1000,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5)));
    }

    @Test
    void everyKeyCanBeSet() {
        assertThat(DatabaseSettings.from(ConfigFactory.parseString("""
                        baton.database {
                          url = "jdbc:postgresql://db/baton", user = me, password = secret, h2-sync = off
                          journal-connections = 1, query-connections = 2, query-queue = 3
                          connection-timeout = 4s, socket-timeout = 5s, start-timeout = 6s, close-timeout = 7s
                        }
                        """)))
                .isEqualTo(new DatabaseSettings(
                        "jdbc:postgresql://db/baton",
                        "me",
                        "secret",
                        /* h2Sync= */ false,
                        1,
                        2,
                        3,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7)));
    }

    @Test
    void namesTheKeyOfABadValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseSettings.from(ConfigFactory.parseString("baton.database.query-queue = 0")
                        .withFallback(ConfigFactory.defaultReference())))
                .withMessage("baton.database.query-queue (0) must be at least 1");
    }

    @Test
    void itsTextHoldsNoSecret() {
        assertThat(TestDatabases.settings("jdbc:postgresql://db/baton?password=secret", "me"))
                .hasToString("DatabaseSettings[jdbc:postgresql://db/baton, user me]");
    }
}
