package dev.baton.gateway.local;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a cluster on this machine is made of.
 *
 * @param firstPort the HTTP port of the first node, the others follow; 0 = any free ones
 * @param data where the database, the logs and the process ids are kept
 * @param nodeFlags what the Java of the node with that number, from 1, is started with besides
 * @param nodeArguments what each node is started with besides, as options of {@code baton up}
 */
public record LocalClusterOptions(
        int nodes, int firstPort, Path data, IntFunction<List<String>> nodeFlags, List<String> nodeArguments) {
    private static final int MOST_NODES = 9;
    private static final int LAST_PORT = 65_535;

    public LocalClusterOptions {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new IllegalArgumentException(
                    "a local cluster has 1 to %d nodes, not %d".formatted(MOST_NODES, nodes));
        }
        if (firstPort < 0 || firstPort + nodes - 1 > LAST_PORT) {
            throw new IllegalArgumentException("the ports %d and following are none".formatted(firstPort));
        }
        data = data.toAbsolutePath().normalize();
        nodeArguments = List.copyOf(nodeArguments);
    }

    /** The HTTP port of the node with this number, from 1; 0 = any free one. */
    int port(int number) {
        return firstPort == 0 ? 0 : firstPort + number - 1;
    }
}
