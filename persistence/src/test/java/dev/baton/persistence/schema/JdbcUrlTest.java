package dev.baton.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JdbcUrlTest {

    @Test
    void addsToH2WhatBatonNeedsAndKeepsTheRest() {
        JdbcUrl url = JdbcUrl.of("jdbc:h2:file:/data/baton;CACHE_SIZE=1000;", /* h2Sync= */ true);
        assertThat(url.dialect()).isEqualTo(Dialect.H2);
        assertThat(url.shown()).isEqualTo("/data/baton.mv.db");
        assertThat(Arrays.asList(url.text().split(";", -1)))
                .startsWith("jdbc:h2:synced:/data/baton", "CACHE_SIZE=1000")
                .contains(
                        "DATABASE_TO_UPPER=FALSE",
                        "DB_CLOSE_ON_EXIT=FALSE",
                        "WRITE_DELAY=0",
                        "RETENTION_TIME=0",
                        "LOCK_TIMEOUT=10000");
    }

    @Test
    void withoutSyncFreedPagesStayForAWhile() {
        assertThat(JdbcUrl.of("jdbc:h2:/data/baton", /* h2Sync= */ false).text())
                .startsWith("jdbc:h2:file:/data/baton;")
                .doesNotContain("RETENTION_TIME");
    }

    @Test
    void refusesAnOptionThatContradicts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcUrl.of("jdbc:h2:file:/data/baton;write_delay=500", /* h2Sync= */ true))
                .withMessage("baton.database.url: WRITE_DELAY=500 must be left out, since Baton needs 0");
    }

    @Test
    void refusesH2ThatIsNotAFile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcUrl.of("jdbc:h2:mem:baton", /* h2Sync= */ true))
                .withMessageStartingWith("baton.database.url (jdbc:h2:mem:baton) must name a file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcUrl.of("jdbc:h2:tcp://db/baton", /* h2Sync= */ true))
                .withMessageContaining("use PostgreSQL for more");
    }

    @Test
    void refusesOtherDatabases() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcUrl.of("jdbc:mysql://db/baton?password=secret", /* h2Sync= */ true))
                .withMessage("baton.database.url (jdbc:mysql://db/baton) must begin with jdbc:postgresql: or"
                        + " jdbc:h2:file:");
    }

    @Test
    void leavesPostgresqlAlone() {
        JdbcUrl url = JdbcUrl.of("jdbc:postgresql://db/baton?password=secret", /* h2Sync= */ true);
        assertThat(url)
                .isEqualTo(new JdbcUrl(
                        Dialect.POSTGRESQL,
                        "jdbc:postgresql://db/baton?password=secret",
                        "jdbc:postgresql://db/baton"));
    }
}
