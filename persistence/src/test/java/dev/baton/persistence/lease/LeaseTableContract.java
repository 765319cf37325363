package dev.baton.persistence.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.lease.LeaseTable.Claim;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the table of leases must do. Time passes by moving what is in it into the past. */
abstract class LeaseTableContract {
    private static final Duration LASTS = Duration.ofHours(1);
    private static final int OWNERS = 20;
    private static final int ROUNDS = 15;

    private final TestDatabase test = create();
    private final Database database = test.open();
    private final LeaseTable table = table(database);

    abstract TestDatabase create();

    @AfterEach
    void drop() {
        test.close();
    }

    @Test
    void isHeldByOneOwnerUntilItIsReleased() {
        assertThat(table.acquire(claim("one", 1))).isTrue();
        assertThat(table.acquire(claim("other", 1))).isFalse();

        table.release(claim("one", 1));
        table.release(claim("one", 1));
        assertThat(table.renew(claim("one", 1))).isFalse();
        assertThat(table.acquire(claim("other", 1))).isTrue();
        assertThat(table.acquire(claim("one", 2))).isFalse();
    }

    @Test
    void isNobodysWhenItHasExpired() {
        assertThat(table.acquire(claim("one", 1))).isTrue();
        pass(LASTS.minusMinutes(1));
        assertThat(table.acquire(claim("other", 1))).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(table.renew(claim("one", 1))).isFalse();
        assertThat(table.acquire(claim("other", 2))).isTrue();
        assertThat(table.renew(claim("one", 1))).isFalse();
    }

    @Test
    void lastsLongerWhenItIsRenewed() {
        assertThat(table.acquire(claim("one", 1))).isTrue();
        pass(LASTS.minusMinutes(1));
        assertThat(table.renew(claim("one", 1))).isTrue();
        pass(LASTS.minusMinutes(1));
        assertThat(table.acquire(claim("other", 1))).isFalse();
        assertThat(table.renew(claim("one", 1))).isTrue();
    }

    @Test
    void onlyItsOwnerRenewsOrReleasesIt() {
        assertThat(table.acquire(claim("one", 1))).isTrue();
        assertThat(table.renew(claim("other", 1))).isFalse();
        table.release(claim("other", 1));
        assertThat(table.acquire(claim("other", 2))).isFalse();
    }

    @Test
    void callsForAnEarlierAcquisitionThatComeLateDoNothing() {
        assertThat(table.acquire(claim("one", 2))).isTrue();
        assertThat(table.acquire(claim("one", 1))).isFalse();
        assertThat(table.renew(claim("one", 1))).isFalse();
        table.release(claim("one", 1));
        assertThat(table.renew(claim("one", 2))).isTrue();

        pass(LASTS);
        assertThat(table.acquire(claim("one", 1))).isFalse();
        assertThat(table.acquire(claim("one", 3))).isTrue();
        table.release(claim("one", 4));
        assertThat(table.acquire(claim("other", 1))).isTrue();
    }

    @Test
    void leasesOfDifferentNamesHaveNothingToDoWithEachOther() {
        assertThat(table.acquire(new Claim("a", "one", 1))).isTrue();
        assertThat(table.acquire(new Claim("b", "other", 1))).isTrue();
        table.release(new Claim("a", "one", 1));
        assertThat(table.renew(new Claim("b", "other", 1))).isTrue();
    }

    @Test
    void ofManyThatTryAtOnceOneGetsIt() {
        ExecutorService threads = Executors.newFixedThreadPool(OWNERS);
        try (Database otherNode = Database.open(test.settings())) {
            List<LeaseTable> nodes = List.of(table, table(otherNode));
            for (int round = 1; round <= ROUNDS; round++) {
                // Odd rounds begin without a row, even ones with one that has expired.
                String lease = "contended" + (round + 1) / 2;
                assertThat(winners(threads, nodes, lease, round)).isEqualTo(1);
                pass(LASTS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static long winners(ExecutorService threads, List<LeaseTable> nodes, String lease, int round) {
        var start = new CyclicBarrier(OWNERS);
        var tries = new ArrayList<CompletableFuture<Boolean>>();
        for (int i = 0; i < OWNERS; i++) {
            var claim = new Claim(lease, "owner" + i + " of round " + round, round);
            LeaseTable node = nodes.get(i % nodes.size());
            tries.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            start.await(20, TimeUnit.SECONDS);
                        } catch (Exception broken) {
                            throw new IllegalStateException(broken);
                        }
                        return node.acquire(claim);
                    },
                    threads));
        }
        return tries.stream()
                .filter(answer -> answer.orTimeout(30, TimeUnit.SECONDS).join())
                .count();
    }

    private static Claim claim(String owner, long acquisition) {
        return new Claim("lease", owner, acquisition);
    }

    private static LeaseTable table(Database database) {
        return new JdbcLeaseTable(database, new LeaseTimes(Duration.ofMinutes(1), LASTS, Duration.ofSeconds(5)));
    }

    private void pass(Duration duration) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "update lease set expires_at = expires_at - interval '" + duration.toMinutes() + "' minute");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
