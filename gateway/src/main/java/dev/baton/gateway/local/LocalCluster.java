package dev.baton.gateway.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL and nodes as processes on this machine.
 *
 * <p>{@link #close} may be called at any time, from any thread and while nodes start; when it returns, nothing that was
 * started runs any more. Should this process die without it, a guard ends the others, and the next cluster on the same
 * data directory ends what even that has missed.
 */
public final class LocalCluster implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final LocalClusterOptions options;
    private final Object closeOnce = new Object();

    // What is running; all below is guarded by this.
    private final List<LocalNode> nodes = new ArrayList<>();
    private @Nullable DataDirectory directory;
    private @Nullable Guard guard;
    private @Nullable LocalPostgres postgres;
    private boolean closing;

    public LocalCluster(LocalClusterOptions options) {
        this.options = options;
    }

    /** A cluster that runs; when it cannot be started, nothing stays behind. */
    public static LocalCluster started(LocalClusterOptions options) {
        var cluster = new LocalCluster(options);
        try {
            cluster.start();
            return cluster;
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    /**
     * Starts the server and the nodes and returns when all are members and take requests. Blocks. What is in the way is an
     * {@link IllegalStateException} that says so; the caller then closes the cluster.
     */
    public void start() {
        startServer();
        var launched = new ArrayList<LocalNode>();
        for (int number = 1; number <= options.nodes(); number++) {
            launched.add(launch(number));
        }
        launched.forEach(LocalNode::awaitReady);
    }

    /** The latest life of each node, dead ones too, by number. */
    public synchronized List<LocalNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The latest life of the node with this number, from 1. */
    public synchronized LocalNode node(int number) {
        if (number < 1 || number > nodes.size()) {
            throw new NoSuchElementException("there is no node " + number);
        }
        return nodes.get(number - 1);
    }

    public synchronized String jdbcUrl() {
        return postgres().jdbcUrl();
    }

    /** One more node; returns when it is a member and takes requests. */
    public LocalNode add() {
        return ready(launch(nodes().size() + 1));
    }

    /** A new life of a node that is dead; returns when it is a member and takes requests. */
    public LocalNode restart(int number) {
        if (node(number).isAlive()) {
            throw new IllegalStateException("node-" + number + " still runs");
        }
        return ready(launch(number));
    }

    /** SIGTERM to all nodes that live, then the end of the server. */
    @Override
    public void close() {
        synchronized (closeOnce) {
            List<LocalNode> last;
            synchronized (this) {
                closing = true;
                last = List.copyOf(nodes);
            }
            last.forEach(LocalNode::terminate);
            last.forEach(LocalNode::resume);
            for (LocalNode node : last) {
                if (!node.awaitExit(STOP_LIMIT)) {
                    node.kill();
                    node.awaitExit(STOP_LIMIT);
                }
            }
            release();
        }
    }

    private synchronized void release() {
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
        if (guard != null) {
            guard.close();
            guard = null;
        }
        if (directory != null) {
            directory.close();
            directory = null;
        }
    }

    private synchronized void startServer() {
        refuseWhenClosing();
        if (directory != null) {
            throw new IllegalStateException("the cluster has been started already");
        }
        for (int number = 1; number <= options.nodes(); number++) {
            requireFree(options.port(number));
        }
        directory = DataDirectory.take(options.data());
        guard = Guard.of(options.data());
        postgres = LocalPostgres.start(options.data());
    }

    private synchronized LocalNode launch(int number) {
        refuseWhenClosing();
        requireFree(options.port(number));
        var arguments = new ArrayList<String>(List.of(
                "--port",
                Integer.toString(options.port(number)),
                "--data",
                options.data().toString(),
                "--database",
                postgres().jdbcUrl()));
        arguments.addAll(options.nodeArguments());
        LocalNode node = LocalNode.launch(
                number, options.data(), NodeCommand.of(options.nodeFlags().apply(number), arguments));
        if (number <= nodes.size()) {
            nodes.set(number - 1, node);
        } else {
            nodes.add(node);
        }
        return node;
    }

    private LocalPostgres postgres() {
        if (postgres == null) {
            throw new IllegalStateException("the cluster does not run");
        }
        return postgres;
    }

    private void refuseWhenClosing() {
        if (closing) {
            throw new IllegalStateException("the cluster is being stopped");
        }
    }

    private static LocalNode ready(LocalNode node) {
        node.awaitReady();
        return node;
    }

    private static void requireFree(int port) {
        if (port == 0) {
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new IllegalStateException("port %d is in use; choose others with --port".formatted(port), taken);
        }
    }
}
