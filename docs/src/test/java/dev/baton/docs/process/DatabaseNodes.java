package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Nodes that are told of one PostgreSQL and of nothing else. */
final class DatabaseNodes implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabases.postgres();
    private final List<NodeProcess> started = new ArrayList<>();
    private final Path directory;

    DatabaseNodes(Path directory) {
        this.directory = directory;
    }

    /** Starts all at the same moment; returns when each says that it is ready. */
    List<NodeProcess> up(List<Ports> ports) {
        List<NodeProcess> nodes = ports.stream().map(this::begin).toList();
        nodes.forEach(NodeProcess::awaitReady);
        return nodes;
    }

    NodeProcess up(Ports ports) {
        return up(List.of(ports)).get(0);
    }

    /** Starts a node that must refuse to run; returns what it says. */
    String refusal(Ports ports) {
        NodeProcess node = begin(ports);
        assertThat(node.awaitExit()).isEqualTo(1);
        return node.log();
    }

    private NodeProcess begin(Ports ports) {
        NodeProcess node = NodeProcess.begin(List.of(
                "--database",
                database.settings().url(),
                "--port",
                Integer.toString(ports.http()),
                "--cluster-port",
                Integer.toString(ports.cluster()),
                "--data",
                directory.resolve("data-" + ports.cluster()).toString(),
                "--config",
                config(ports).toString()));
        started.add(node);
        return node;
    }

    /** Returns when each of {@code nodes} sees all of them as up, and nobody else. */
    static void awaitOneCluster(List<NodeProcess> nodes) {
        var all = new TreeSet<String>();
        nodes.forEach(node -> all.add(node.member()));
        long start = System.nanoTime();
        for (NodeProcess node : nodes) {
            ChatApi api = node.api();
            var seen = new TreeSet<String>();
            while (!seen.equals(all)) {
                assertThat(System.nanoTime() - start)
                        .as("%s sees %s, not %s", node.member(), seen, all)
                        .isLessThan(LIMIT.toNanos());
                seen.clear();
                for (JsonNode member : api.get("/cluster").path("nodes")) {
                    seen.add(member.path("address").asText()
                            + (member.path("status").asText().equals("up") ? "" : " not up"));
                }
            }
        }
    }

    private Path config(Ports ports) {
        try {
            return Files.writeString(directory.resolve("node-" + ports.cluster() + ".conf"), """
                    baton.database {
                      user = "%s"
                      journal-connections = 4
                      query-connections = 4
                    }
                    baton.node.death-port = %d
                    """.formatted(
                            database.settings().user(), ports.death()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        started.forEach(NodeProcess::close);
        database.close();
    }
}
