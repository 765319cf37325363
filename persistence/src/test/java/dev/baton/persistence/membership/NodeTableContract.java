package dev.baton.persistence.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the table of nodes must do. Time passes by moving what is in it into the past. */
abstract class NodeTableContract {
    private static final int NODES = 12;
    private static final int ROUNDS = 10;
    private static final Presence ONE = joining("akka://baton@127.0.0.1:25520", "18446744073709551615");
    private static final Presence NEXT_LIFE = joining(ONE.node().address(), "2");
    private static final Presence OTHER = joining("akka://baton@127.0.0.1:25521", "3");

    private final TestDatabase test = create();
    private final Database database = test.open();
    private final NodeTable table = table(database);

    abstract TestDatabase create();

    @AfterEach
    void drop() {
        test.close();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(table.read()).isEqualTo(new NodeTable.Nodes(0, List.of()));
    }

    @Test
    void holdsWhatNodesSayOfThemselvesUntilTheyAreRemoved() {
        table.register(ONE);
        table.register(OTHER);
        Presence up = OTHER.in(NodeState.UP).at("http://127.0.0.1:8081");
        assertThat(table.refresh(up)).isTrue();
        assertThat(presences()).containsExactlyInAnyOrder(ONE, up);

        table.remove(ONE.node());
        table.remove(ONE.node());
        assertThat(presences()).containsExactly(up);
    }

    @Test
    void seesANodeWheneverItSaysThatItIsThere() {
        table.register(ONE);
        pass(Duration.ofHours(2));
        assertThat(only().unseen()).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
        NodeRow old = only();

        assertThat(table.refresh(ONE)).isTrue();
        assertThat(only().unseen()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(only().startedAt()).isEqualTo(old.startedAt());
    }

    @Test
    void theNextLifeAtAnAddressTakesItOver() {
        table.register(ONE.in(NodeState.UP).at("http://127.0.0.1:8080"));
        table.register(NEXT_LIFE);
        assertThat(presences()).containsExactly(NEXT_LIFE);

        assertThat(table.refresh(ONE)).isFalse();
        table.remove(ONE.node());
        assertThat(presences()).containsExactly(NEXT_LIFE);
    }

    @Test
    void aNodeThatWasTakenForDeadWritesItselfAnew() {
        table.register(ONE);
        table.remove(ONE.node());
        assertThat(table.refresh(ONE.in(NodeState.UP))).isTrue();
        assertThat(presences()).containsExactly(ONE.in(NodeState.UP));
    }

    @Test
    void whoeverFormsAClusterIsKnown() {
        table.register(ONE);
        table.register(OTHER);
        assertThat(table.read().rows()).noneMatch(NodeRow::isFormed);

        assertThat(table.form(OTHER.node(), 0)).isTrue();
        assertThat(table.form(ONE.node(), 0)).isFalse();
        NodeTable.Nodes nodes = table.read();
        assertThat(nodes.formation()).isEqualTo(1);
        assertThat(nodes.rows()).filteredOn(NodeRow::isFormed).singleElement().satisfies(row -> {
            assertThat(row.node()).isEqualTo(OTHER.node());
            assertThat(row.founder()).isTrue();
        });

        assertThat(table.form(ONE.node(), 1)).isTrue();
        table.refresh(OTHER.in(NodeState.UP));
        assertThat(table.read().rows()).allMatch(NodeRow::isFormed);
        assertThat(table.read().rows()).filteredOn(NodeRow::founder).hasSize(1);
    }

    @Test
    void theNextLifeOfAFounderHasFormedNothing() {
        table.register(ONE);
        assertThat(table.form(ONE.node(), 0)).isTrue();
        table.register(NEXT_LIFE);
        assertThat(only().isFormed()).isFalse();
    }

    @Test
    void ofManyThatWouldFormAClusterAtOnceOneDoes() {
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try (Database otherNode = Database.open(test.settings())) {
            List<NodeTable> tables = List.of(table, table(otherNode));
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(founders(threads, tables, round)).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(table.read().formation()).isEqualTo(ROUNDS);
    }

    private static long founders(ExecutorService threads, List<NodeTable> tables, long formation) {
        var start = new CyclicBarrier(NODES);
        var tries = new ArrayList<CompletableFuture<Boolean>>();
        for (int i = 0; i < NODES; i++) {
            NodeTable node = tables.get(i % tables.size());
            NodeId self = NodeId.of("akka://baton@127.0.0.1:" + i, "1");
            tries.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            start.await(20, TimeUnit.SECONDS);
                        } catch (Exception broken) {
                            throw new IllegalStateException(broken);
                        }
                        return node.form(self, formation);
                    },
                    threads));
        }
        return tries.stream()
                .filter(answer -> answer.orTimeout(30, TimeUnit.SECONDS).join())
                .count();
    }

    private static Presence joining(String address, String uid) {
        return new Presence(NodeId.of(address, uid), 25_530, NodeState.JOINING, Optional.empty());
    }

    private static NodeTable table(Database database) {
        return new JdbcNodeTable(database, Duration.ofSeconds(30));
    }

    private List<Presence> presences() {
        return table.read().rows().stream().map(NodeRow::presence).toList();
    }

    private NodeRow only() {
        List<NodeRow> rows = table.read().rows();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private void pass(Duration duration) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update node set seen_at = seen_at - interval '" + duration.toMinutes()
                    + "' minute, started_at = started_at - interval '" + duration.toMinutes() + "' minute");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
