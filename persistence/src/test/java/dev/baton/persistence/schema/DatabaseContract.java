package dev.baton.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.jdbc.query.javadsl.JdbcReadJournal;
import akka.persistence.query.PersistenceQuery;
import akka.stream.javadsl.Sink;
import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every database must do. */
abstract class DatabaseContract {
    private final TestDatabase test = create();

    abstract TestDatabase create();

    @AfterEach
    void drop() {
        test.close();
    }

    @Test
    void makesTheTablesOnceAndFindsThemAgain() throws SQLException {
        try (var first = Database.open(test.settings())) {
            run(
                    first,
                    "insert into snapshot (persistence_id, sequence_number, created, snapshot_ser_id,"
                            + " snapshot_ser_manifest, snapshot_payload) values ('a', 1, 1, 1, '', '')");
        }
        try (var second = Database.open(test.settings())) {
            assertThat(run(second, "update snapshot set created = 2")).isEqualTo(1);
        }
    }

    @Test
    void refusesASchemaThatIsNewerThanTheBuild() throws SQLException {
        try (var newer = Database.open(test.settings())) {
            run(
                    newer,
                    "insert into schema_history (installed_rank, version, description, type, script, installed_by,"
                            + " execution_time, success) values (900, '900', 'next', 'SQL', 'V900__next.sql', 'next', 1, true)");
        }
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> Database.open(test.settings()))
                .withMessageContaining("has schema version 900")
                .withMessageContaining("start a newer build");
    }

    @Test
    void closesTwiceAndFromTwoThreads() {
        Database database = test.open();
        CompletableFuture<Void> other = CompletableFuture.runAsync(database::close);
        database.close();
        other.orTimeout(10, TimeUnit.SECONDS).join();
        database.close();
        assertThatThrownBy(() -> database.dataSource().getConnection()).isInstanceOf(SQLException.class);
    }

    @Test
    void closingWaitsForWhatRunsAndRefusesNewcomers() throws InterruptedException {
        Database database = test.open();
        var started = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        CompletableFuture<Integer> running = CompletableFuture.supplyAsync(
                () -> {
                    try (Connection connection = database.dataSource().getConnection();
                            Statement statement = connection.createStatement()) {
                        started.countDown();
                        assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
                        return statement.executeUpdate("update snapshot set created = 3");
                    } catch (SQLException | InterruptedException failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                database.executor());
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(database::close);
        assertThatThrownBy(() -> {
                    while (!closing.isDone()) {
                        database.executor().execute(() -> {});
                    }
                })
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(closing).isNotDone();
        goOn.countDown();
        closing.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(running).isCompletedWithValue(0);
    }

    @Test
    void keepsTheJournalOfAnActorSystemMadeWithIt() {
        Database database = test.open();
        ActorSystem<String> system = ActorSystem.create(
                Notes.create("n1"), "notes", database.setup(ConfigFactory.parseString("akka.loglevel = WARNING")));
        try {
            var journal =
                    PersistenceQuery.get(system).getReadJournalFor(JdbcReadJournal.class, JdbcReadJournal.Identifier());
            system.tell("one");
            system.tell("two");
            assertThat(journal.eventsByPersistenceId("Note|n1", 0, Long.MAX_VALUE)
                            .map(envelope -> envelope.event().toString())
                            .take(2)
                            .runWith(Sink.seq(), system)
                            .toCompletableFuture()
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join())
                    .containsExactly("one", "two");
        } finally {
            system.terminate();
            system.getWhenTerminated()
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        }
    }

    @Test
    void aJournalWithoutItsDatabaseSaysSo() {
        Database database = test.open();
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "bare", database.akkaConfig());
        try {
            var provider = new JournalDatabaseProvider(Adapter.toClassic(system));
            assertThatThrownBy(() -> provider.database(ConfigFactory.empty()))
                    .hasMessage("actor system bare was not made with Database.setup, so it has no database");
        } finally {
            system.terminate();
            system.getWhenTerminated()
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        }
    }

    static int run(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
