package dev.baton.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where the nodes are, and how patient the client is.
 *
 * @param nodes asked before each dial, so that they may come from wherever nodes are registered
 * @param headers sent with every request, for credentials
 * @param limits how long it waits for what
 */
public record ClientSettings(Supplier<List<URI>> nodes, Map<String, String> headers, Limits limits) {

    /**
     * How long the client waits.
     *
     * @param connect for a connection
     * @param answer for a node to take each next piece of a request, for the head of its answer, and for each next piece
     *     of a body that is no stream
     * @param silence for a sign of life on a stream; a node gives one every 15 s
     * @param request for the good answer to a request, other nodes and further tries included
     * @param backoffMin before the second try; it doubles with each failure in a row
     * @param backoffMax at most between two tries
     * @param close for listeners to return, when the client is closed
     */
    public record Limits(
            Duration connect,
            Duration answer,
            Duration silence,
            Duration request,
            Duration backoffMin,
            Duration backoffMax,
            Duration close) {

        public Limits {
            for (Duration limit : List.of(connect, answer, silence, request, backoffMin, backoffMax, close)) {
                if (limit.isNegative() || limit.isZero()) {
                    throw new IllegalArgumentException("a limit (" + limit + ") must be more than zero");
                }
            }
            if (backoffMin.compareTo(backoffMax) > 0) {
                throw new IllegalArgumentException(
                        "backoffMin (" + backoffMin + ") must not exceed backoffMax (" + backoffMax + ")");
            }
        }

        public static Limits standard() {
            return new Limits(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(45),
                    Duration.ofSeconds(60),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30));
        }
    }

    public ClientSettings {
        headers = Map.copyOf(headers);
        headers.forEach((name, value) -> {
            Text.requireHeaderValue(name, name);
            Text.requireHeaderValue(name, value);
        });
    }

    /** Nodes that stay where they are. */
    public static ClientSettings of(URI... nodes) {
        List<URI> all = List.of(nodes);
        all.forEach(ClientSettings::requireHttp);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a client needs at least one node");
        }
        return of(() -> all);
    }

    public static ClientSettings of(Supplier<List<URI>> nodes) {
        return new ClientSettings(nodes, Map.of(), Limits.standard());
    }

    public ClientSettings withHeaders(Map<String, String> those) {
        return new ClientSettings(nodes, those, limits);
    }

    public ClientSettings withLimits(Limits those) {
        return new ClientSettings(nodes, headers, those);
    }

    static URI requireHttp(URI node) {
        String scheme = node.getScheme() == null ? "" : node.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || node.getHost() == null) {
            throw new IllegalArgumentException(node + " is not the address of a node, as http://host:port is");
        }
        return node;
    }
}
