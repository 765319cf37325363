package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes that are told nothing but their database become one cluster, whatever happens to them. */
class FormationIT {
    private static final int ROUNDS = Integer.getInteger("baton.formation.rounds", 1);
    private static final int CHATS = 15;
    private static final int WORDS = 60;

    @Test
    void nodesOfOneDatabaseAreOneCluster(@TempDir Path directory) {
        List<Ports> ports = Stream.generate(Ports::free).limit(3).toList();
        try (var nodes = new DatabaseNodes(directory)) {
            List<NodeProcess> cluster = nodes.up(ports);
            DatabaseNodes.awaitOneCluster(cluster);
            assertThat(nodes.refusal(new Ports(0, ports.get(0).cluster(), 0)))
                    .contains("cannot listen on 127.0.0.1:" + ports.get(0).cluster() + " for other nodes");
            for (int round = 0; round < ROUNDS; round++) {
                // All die at once, and are started again at once: half of the times the ports tell, half the new lives.
                cluster.forEach(NodeProcess::kill);
                cluster = new ArrayList<>(nodes.up(
                        round % 2 == 0
                                ? ports
                                : ports.stream().map(Ports::withAnyDeathPort).toList()));
                DatabaseNodes.awaitOneCluster(cluster);

                // One dies and comes back to its address before anybody can have given it up.
                StreamingChats duringDeath = StreamingChats.begin(cluster.get(2), CHATS, WORDS);
                cluster.get(0).kill();
                cluster.set(0, nodes.up(ports.get(0)));
                DatabaseNodes.awaitOneCluster(cluster);
                duringDeath.endInOneAnswer(cluster.get(0));

                // One leaves in order and comes back.
                StreamingChats duringLeave = StreamingChats.begin(cluster.get(2), CHATS, WORDS);
                cluster.get(1).terminate();
                cluster.set(1, nodes.up(ports.get(1)));
                DatabaseNodes.awaitOneCluster(cluster);
                duringLeave.endInOneAnswer(cluster.get(1));
            }
            assertThat(cluster).allSatisfy(node -> assertThat(node.log()).doesNotContain("is in another cluster"));
        }
    }
}
