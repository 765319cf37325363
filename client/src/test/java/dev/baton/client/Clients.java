package dev.baton.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Clients that wait as little as they can. */
final class Clients {
    static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(1);

    /** More than kernels keep of what nobody reads. */
    static final String HUGE = "x".repeat(16 << 20);

    private Clients() {}

    /** A client that tries once. */
    static BatonClient impatient(URI node) {
        Duration answer = Duration.ofMillis(300);
        return new BatonClient(ClientSettings.of(node)
                .withLimits(new ClientSettings.Limits(LONG, answer, LONG, SHORT, SHORT, SHORT, LONG)));
    }

    /** A client that tries on, and waits so long for each node. */
    static BatonClient patient(Duration answer, URI... nodes) {
        return new BatonClient(ClientSettings.of(nodes)
                .withLimits(new ClientSettings.Limits(LONG, answer, LONG, LONG, SHORT, SHORT, LONG)));
    }

    static BatonClient of(ScriptedNode... nodes) {
        return of(LONG, Stream.of(nodes).map(ScriptedNode::url).toArray(URI[]::new));
    }

    static BatonClient of(Duration silence, URI... nodes) {
        return new BatonClient(ClientSettings.of(nodes)
                .withLimits(new ClientSettings.Limits(LONG, LONG, silence, LONG, SHORT, SHORT, LONG)));
    }

    /** The seqs of the next {@code count} parts. */
    static List<Integer> parts(ChatStream stream, int count) throws InterruptedException {
        var seen = new ArrayList<Integer>();
        while (seen.size() < count) {
            seen.add(stream.next(LONG).orElseThrow().data().path("seq").asInt());
        }
        return seen;
    }
}
