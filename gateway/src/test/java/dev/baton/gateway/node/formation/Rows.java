package dev.baton.gateway.node.formation;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.membership.NodeRow;
import dev.baton.persistence.membership.NodeState;
import dev.baton.persistence.membership.NodeTable.Nodes;
import dev.baton.persistence.membership.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows of nodes as a test wants them. */
final class Rows {
    static final NodeId SELF = NodeId.of("akka://baton@127.0.0.1:1", "1");
    static final NodeId ONE = NodeId.of("akka://baton@127.0.0.1:2", "2");
    static final NodeId TWO = NodeId.of("akka://baton@127.0.0.1:3", "3");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Rows() {}

    static Nodes nodes(NodeRow... rows) {
        return new Nodes(7, List.of(rows));
    }

    /** A row that was written at the moment it is read. */
    static NodeRow row(NodeId node, NodeState state) {
        return row(node, state, START, Duration.ZERO);
    }

    static NodeRow row(NodeId node, NodeState state, Instant seenAt, Duration unseen) {
        var presence = new Presence(node, 9, state, Optional.empty());
        return new NodeRow(presence, /* founder= */ false, START, seenAt, seenAt.plus(unseen));
    }

    static NodeRow founder(NodeId node) {
        var presence = new Presence(node, 9, NodeState.JOINING, Optional.empty());
        return new NodeRow(presence, /* founder= */ true, START, START, START);
    }
}
