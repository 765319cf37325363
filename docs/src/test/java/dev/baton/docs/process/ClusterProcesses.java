package dev.baton.docs.process;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Nodes of one cluster, each its own process, on one PostgreSQL. The first is the oldest. */
final class ClusterProcesses implements AutoCloseable {
    private final TestDatabase database = TestDatabases.postgres();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Path directory;
    private final String settings;
    private final int firstPort = freePort();

    private ClusterProcesses(Path directory, String settings) {
        this.directory = directory;
        this.settings = settings;
    }

    static ClusterProcesses start(int nodes, Path directory) {
        return start(nodes, directory, "");
    }

    /** {@code settings}: of all nodes, besides those that make them a cluster. */
    static ClusterProcesses start(int nodes, Path directory, String settings) {
        var cluster = new ClusterProcesses(directory, settings);
        try {
            for (int i = 0; i < nodes; i++) {
                cluster.add();
            }
            return cluster;
        } catch (RuntimeException | AssertionError failure) {
            cluster.close();
            throw failure;
        }
    }

    /** One more node; returns when it is a member and takes requests. */
    NodeProcess add() {
        int port = nodes.isEmpty() ? firstPort : 0;
        NodeProcess node = NodeProcess.up(
                directory,
                "--config",
                config().toString(),
                "--cluster-port",
                Integer.toString(port),
                "--seeds",
                "127.0.0.1:" + firstPort);
        nodes.add(node);
        return node;
    }

    /** All processes have ended; starts one node anew, as the first of the cluster. */
    NodeProcess restart() {
        nodes.forEach(NodeProcess::close);
        nodes.clear();
        return add();
    }

    NodeProcess node(int number) {
        return nodes.get(number);
    }

    /** The journal that the nodes share. */
    Journal journal() {
        return new Journal(database.settings());
    }

    private Path config() {
        try {
            return Files.writeString(directory.resolve("cluster.conf"), """
                    baton.database {
                      url = "%s"
                      user = "%s"
                      journal-connections = 4
                      query-connections = 4
                    }
                    baton.bridge.providers.simulated.models { forgetful { takeover = restart } }
                    %s
                    """.formatted(
                            database.settings().url(), database.settings().user(), settings));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
        database.close();
    }
}
