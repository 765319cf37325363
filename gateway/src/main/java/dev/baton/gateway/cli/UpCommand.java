package dev.baton.gateway.cli;

import dev.baton.gateway.node.Node;
import dev.baton.gateway.node.NodeOptions;
import dev.baton.gateway.node.Signals;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one node in this process until a signal or an operator ends it. */
@Command(
        name = "up",
        description = "Run one node: alone on an embedded database, or in a cluster on PostgreSQL.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    /** The node runs on its own threads; the process must not exit when the command returns. */
    static final int RUNNING = -1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--port", paramLabel = "PORT", description = "HTTP port (default 8080; 0 = any free one).")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the embedded database and the node's own token live (default ./data).")
    private @Nullable Path data;

    @Option(
            names = "--database",
            paramLabel = "JDBC-URL",
            description = "The database; without it an embedded one in the data directory.")
    private @Nullable String database;

    @Option(names = "--config", paramLabel = "FILE", description = "A HOCON file whose settings win over the defaults.")
    private @Nullable Path config;

    @Option(
            names = "--cluster-port",
            paramLabel = "PORT",
            description = "Port for other nodes (default: any free one).")
    private @Nullable Integer clusterPort;

    @Option(
            names = "--seeds",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "Nodes of the cluster to join; without it those on the same PostgreSQL.")
    private List<String> seeds = List.of();

    @Override
    public Integer call() {
        var options = new NodeOptions(port, data, database, config, clusterPort, seeds);
        Signals.handle();
        Node node;
        try {
            node = Node.start(options);
        } catch (IllegalArgumentException | IllegalStateException refusal) {
            throw new CommandFailed(String.valueOf(refusal.getMessage()), refusal);
        }
        spec.commandLine().getOut().println(node.readyLine());
        spec.commandLine().getOut().println(node.pageLine());
        spec.commandLine().getOut().flush();
        return RUNNING;
    }
}
