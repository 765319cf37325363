package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One death: all chats stream, clients watch through the nodes that stay, a node dies, and comes again. */
final class TakeoverRound {
    private static final Duration END_LIMIT = Duration.ofSeconds(60);
    private static final Duration HELD = Duration.ofSeconds(30);
    private static final int JITTER_MILLIS = 300;

    private final Nodes nodes;
    private final Api api;
    private final Chats chats;
    private final Phases phases;
    private final RandomGenerator random = RandomGenerator.getDefault();

    /** What the clients of the dead node's chats have seen, and those of the others. */
    record Seen(List<ChatView.MovedAway> moves, List<Duration> gapsOfOthers) {
        List<Duration> pauses() {
            return moves.stream().map(ChatView.MovedAway::pause).toList();
        }
    }

    TakeoverRound(Nodes nodes, Api api, Chats chats, Phases phases) {
        this.nodes = nodes;
        this.api = api;
        this.chats = chats;
        this.phases = phases;
    }

    Seen of(LocalNode dead, How how, Report report) {
        Supplier<URI> staying = nodes.inTurnWithout(dead);
        try (var sockets = new Sockets()) {
            chats.watch(sockets, staying);
            chats.beginTurns(staying);
            // Not always at the same place in the nodes' rhythms.
            Pauses.pause(Duration.ofMillis(random.nextInt(JITTER_MILLIS)));

            phases.signalled(
                    nodes.all().stream().filter(node -> !node.equals(dead)).toList());
            chats.signalled(System.nanoTime());
            how.strike(dead, nodes);
            chats.awaitEnd(END_LIMIT).forEach(report::fault);
            chats.faults(staying).forEach(report::fault);
        }
        phases.collect();
        Seen seen = seen(dead);
        how.end(dead, nodes);
        comeBack(dead, report);
        return seen;
    }

    private Seen seen(LocalNode dead) {
        var moves = new ArrayList<ChatView.MovedAway>();
        var gaps = new ArrayList<Duration>();
        for (ChatView view : chats.views()) {
            view.movedFrom(dead.address()).ifPresentOrElse(moves::add, () -> gaps.add(view.longestGap()));
        }
        return new Seen(List.copyOf(moves), List.copyOf(gaps));
    }

    /** A node that was held or cut off finds itself given up, and ends by itself. */
    private void comeBack(LocalNode node, Report report) {
        if (!node.awaitExit(HELD)) {
            report.fault("%s did not end by itself".formatted(node.name()));
            node.kill();
            node.awaitExit(HELD);
        }
        nodes.restart(node.number(), api);
    }
}
