package dev.baton.persistence.downed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PostgresDownedNodesIT extends DownedNodesContract {
    private static final int ROUNDS = 100;
    private static final int NODES = 3;

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }

    @Test
    void ofNodesThatDeclareEachOtherDownAtOnceExactlyOneGoesOn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try {
            var barrier = new CyclicBarrier(NODES);
            for (int round = 0; round < ROUNDS; round++) {
                Set<NodeId> all = lives(round);
                var decisions = new ArrayList<Callable<Boolean>>();
                for (NodeId node : all) {
                    var others = new HashSet<NodeId>(all);
                    others.remove(node);
                    decisions.add(() -> {
                        barrier.await(10, TimeUnit.SECONDS);
                        return nodes.down(node, others);
                    });
                }
                List<Future<Boolean>> answers = threads.invokeAll(decisions, 30, TimeUnit.SECONDS);
                int going = 0;
                for (Future<Boolean> answer : answers) {
                    going += answer.get() ? 1 : 0;
                }
                assertThat(going).as("told that they go on, round %d", round).isEqualTo(1);
                assertThat(all)
                        .as("go on, round %d", round)
                        .filteredOn(this::goesOn)
                        .hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Set<NodeId> lives(int round) {
        var lives = new HashSet<NodeId>();
        for (int node = 0; node < NODES; node++) {
            lives.add(new NodeId("akka://baton@127.0.0.1:%d#%d".formatted(25_520 + node, round)));
        }
        return lives;
    }
}
