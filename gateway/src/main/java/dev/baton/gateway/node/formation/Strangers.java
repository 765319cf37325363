package dev.baton.gateway.node.formation;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.membership.NodeRow;
import dev.baton.persistence.membership.NodeState;
import dev.baton.persistence.membership.NodeTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes of another cluster on the same database. They are known by time: gossip, too, needs a moment. */
final class Strangers {
    private static final Duration NOT_JUST_NEW = Duration.ofSeconds(5);

    private final Map<NodeId, Instant> firstSeen = new HashMap<>();
    private final Set<NodeId> told = new HashSet<>();

    /** Those that are found to be strangers now and were not before. */
    List<NodeRow> among(NodeTable.Nodes nodes, Set<NodeId> members) {
        var found = new ArrayList<NodeRow>();
        var apart = new HashSet<NodeId>();
        for (NodeRow row : nodes.rows()) {
            if (row.state() != NodeState.UP || members.contains(row.node())) {
                continue;
            }
            apart.add(row.node());
            Instant first = firstSeen.computeIfAbsent(row.node(), node -> row.seenAt());
            // A row that moves on is that of a node that lives.
            boolean lives = Duration.between(first, row.seenAt()).compareTo(NOT_JUST_NEW) >= 0;
            if (lives && told.add(row.node())) {
                found.add(row);
            }
        }
        firstSeen.keySet().retainAll(apart);
        told.retainAll(apart);
        return found;
    }
}
