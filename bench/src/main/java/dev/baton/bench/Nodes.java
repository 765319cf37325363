package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.baton.gateway.local.LocalCluster;
import dev.baton.gateway.local.LocalClusterOptions;
import dev.baton.gateway.local.LocalNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cluster of a benchmark: fresh, on free ports, and gone with all its data when closed. */
final class Nodes implements AutoCloseable {
    private static final Duration MEMBERS_LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final LocalCluster cluster;
    private final @Nullable Lines lines;
    private final Thread atExit;

    private Nodes(Path directory, LocalCluster cluster, @Nullable Lines lines) {
        this.directory = directory;
        this.cluster = cluster;
        this.lines = lines;
        this.atExit = new Thread(this::end, "cluster-stop");
    }

    static Nodes start(int nodes, List<String> nodeJvmOptions) {
        return start(nodes, nodeJvmOptions, List.of());
    }

    /** {@code arguments}: options of {@code baton up} besides. */
    static Nodes start(int nodes, List<String> nodeJvmOptions, List<String> arguments) {
        return start(nodes, number -> nodeJvmOptions, arguments, null);
    }

    /** What the nodes say to each other goes through lines that can be cut. */
    static Nodes startWithLines(int nodes, List<String> nodeJvmOptions) {
        Lines lines = Lines.to(nodes);
        return start(
                nodes,
                number -> Stream.concat(nodeJvmOptions.stream(), lines.flags(number).stream())
                        .toList(),
                List.of(),
                lines);
    }

    private static Nodes start(
            int nodes, IntFunction<List<String>> nodeJvmOptions, List<String> arguments, @Nullable Lines lines) {
        try {
            Path directory = Files.createTempDirectory("baton-bench-");
            IntFunction<List<String>> flags =
                    number -> Stream.concat(Token.flags().stream(), nodeJvmOptions.apply(number).stream())
                            .toList();
            var cluster = new LocalCluster(new LocalClusterOptions(nodes, 0, directory, flags, arguments));
            var started = new Nodes(directory, cluster, lines);
            Runtime.getRuntime().addShutdownHook(started.atExit);
            try {
                cluster.start();
            } catch (RuntimeException failure) {
                cluster.close();
                throw failure;
            }
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<LocalNode> all() {
        return cluster.nodes();
    }

    LocalNode node(int number) {
        return cluster.node(number);
    }

    void cut(LocalNode node) {
        lines().cut(node.number());
    }

    void mend(LocalNode node) {
        lines().mend(node.number());
    }

    private Lines lines() {
        if (lines == null) {
            throw new IllegalStateException("these nodes were started without lines");
        }
        return lines;
    }

    String jdbcUrl() {
        return cluster.jdbcUrl();
    }

    /** The nodes in turn, without {@code gone}. */
    Supplier<URI> inTurnWithout(LocalNode gone) {
        List<LocalNode> staying =
                all().stream().filter(node -> node.number() != gone.number()).toList();
        return inTurn(staying);
    }

    /** The nodes in turn as they are at that time, dead ones too: as a list in a client's settings. */
    Supplier<URI> inTurnNow() {
        var next = new AtomicInteger();
        return () -> {
            List<LocalNode> ready = all().stream().filter(LocalNode::isReady).toList();
            return ready.get(Math.floorMod(next.getAndIncrement(), ready.size()))
                    .url();
        };
    }

    Supplier<URI> inTurn() {
        return inTurn(all());
    }

    private static Supplier<URI> inTurn(List<LocalNode> nodes) {
        List<URI> urls = nodes.stream().map(LocalNode::url).toList();
        var next = new AtomicInteger();
        return () -> urls.get(Math.floorMod(next.getAndIncrement(), urls.size()));
    }

    /** A new life of a dead node; returns when every node counts all nodes as members that are up. */
    LocalNode restart(int number, Api api) {
        LocalNode node = cluster.restart(number);
        awaitMembers(api);
        return node;
    }

    void awaitMembers(Api api) {
        for (LocalNode node : all()) {
            if (!Pauses.until(() -> up(api, node) == all().size(), MEMBERS_LIMIT)) {
                throw new BenchFailure(node.name() + " does not see all nodes as members");
            }
        }
    }

    private static long up(Api api, LocalNode node) {
        return stream(cluster(api, node))
                .filter(member -> member.path("status").asText().equalsIgnoreCase("up"))
                .count();
    }

    /** The node that has been a member for longest. */
    LocalNode oldest(Api api) {
        JsonNode members = cluster(api, all().get(0));
        return all().stream()
                .filter(node -> stream(members)
                        .anyMatch(member -> member.path("oldest").asBoolean()
                                && member.path("address").asText().endsWith(node.address())))
                .findFirst()
                .orElseThrow(() -> new BenchFailure("no node is the oldest: " + members));
    }

    private static JsonNode cluster(Api api, LocalNode node) {
        return api.get(node::url, "/cluster").path("nodes");
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return array instanceof MissingNode
                ? Stream.empty()
                : Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get);
    }

    /** The memory of the node's process, in bytes of RAM. */
    static long memory(LocalNode node) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(node.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs, and finds everything gone.
        }
    }

    private synchronized void end() {
        cluster.close();
        if (lines != null) {
            lines.close();
        }
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
