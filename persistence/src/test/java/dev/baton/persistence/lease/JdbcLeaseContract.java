package dev.baton.persistence.lease;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.coordination.lease.javadsl.Lease;
import akka.coordination.lease.javadsl.LeaseProvider;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.TestDatabase;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lease as Akka makes it from the configuration, between nodes that share one database, in real time. */
abstract class JdbcLeaseContract {
    private final TestDatabase test = create();
    private final Database oneDatabase = test.open();
    private final Database otherDatabase = test.open();
    private final ActorSystem one = system(oneDatabase);
    private final ActorSystem other = system(otherDatabase);

    abstract TestDatabase create();

    @AfterEach
    void drop() {
        one.terminate();
        other.terminate();
        within(one.getWhenTerminated());
        within(other.getWhenTerminated());
        test.close();
    }

    @Test
    void isHeldByOneNodeAndThenByAnother() {
        Lease here = lease(one);
        Lease there = lease(other);
        assertThat(within(here.acquire())).isTrue();
        assertThat(here.checkLease()).isTrue();
        assertThat(within(there.acquire())).isFalse();
        assertThat(there.checkLease()).isFalse();
        assertThat(within(here.release())).isTrue();
        assertThat(here.checkLease()).isFalse();
        assertThat(within(there.acquire())).isTrue();
    }

    @Test
    void aNodeWhoseDatabaseIsAwayIsToldBeforeAnotherHoldsTheLease() {
        var lost = new CompletableFuture<Optional<Throwable>>();
        Lease here = lease(one);
        Lease there = lease(other);
        assertThat(within(here.acquire(lost::complete))).isTrue();
        oneDatabase.close();

        while (!within(there.acquire())) {
            assertThat(there.checkLease()).isFalse();
        }
        assertThat(lost).isDone();
        assertThat(here.checkLease()).isFalse();
        assertThat(there.checkLease()).isTrue();
    }

    private static Lease lease(ActorSystem system) {
        return LeaseProvider.get(system).getLease("lease", "baton.lease", "the same name");
    }

    private static <T> T within(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static ActorSystem system(Database database) {
        return ActorSystem.create(
                "leases", database.setup(ConfigFactory.parseString("""
                                akka.loglevel = WARNING
                                baton.lease { heartbeat-timeout = 1s, heartbeat-interval = 100ms }
                                """).withFallback(ConfigFactory.load())));
    }
}
