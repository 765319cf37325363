package dev.baton.gateway.node.formation;

import dev.baton.gateway.node.death.LifeCheck.Verdict;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.membership.NodeRow;
import dev.baton.persistence.membership.NodeState;
import dev.baton.persistence.membership.NodeTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says what a node that looks for its cluster does next, from what the database and the death ports say. */
final class RollCall {

    /** What to do next. */
    sealed interface Step {
        /** For the one who asks why the node is not up yet. */
        String reason();
    }

    /** A cluster lives: join it at one of these. */
    record JoinAt(List<NodeRow> nodes) implements Step {
        JoinAt {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String reason() {
            return "none of these let it in: "
                    + nodes.stream()
                            .map(row -> row.node().address() + " (seen " + row.unseen() + " ago)")
                            .toList();
        }
    }

    /** No cluster lives: form one, unless somebody has formed one after number {@code after}. */
    record FormOne(long after) implements Step {
        @Override
        public String reason() {
            return "it could not form a cluster of its own";
        }
    }

    /** This node has formed the newest cluster: go on with that. */
    record GoOnForming() implements Step {
        @Override
        public String reason() {
            return "its own cluster did not let it in";
        }
    }

    /** @param dead those whose rows nobody needs any more */
    record Outcome(Step step, List<NodeId> dead) {
        Outcome {
            dead = List.copyOf(dead);
        }
    }

    private final NodeId self;
    private final Duration silentAfter;
    /** When those who did not answer had last been seen by the database. */
    private final Map<NodeId, Instant> silent = new HashMap<>();

    RollCall(NodeId self, Duration silentAfter) {
        this.self = self;
        this.silentAfter = silentAfter;
    }

    /** {@code verdicts}: of all {@code nodes} but this one; whoever has none is taken to be silent. */
    Outcome call(NodeTable.Nodes nodes, Map<NodeId, Verdict> verdicts) {
        var dead = new ArrayList<NodeId>();
        var up = new ArrayList<NodeRow>();
        var leaving = new ArrayList<NodeRow>();
        boolean isFounder = false;
        for (NodeRow row : nodes.rows()) {
            if (row.node().equals(self)) {
                isFounder = row.founder();
            } else if (isDead(row, verdicts.getOrDefault(row.node(), Verdict.SILENT))) {
                dead.add(row.node());
            } else if (row.state() == NodeState.LEAVING) {
                leaving.add(row);
            } else if (row.isFormed()) {
                up.add(row);
            }
        }
        return new Outcome(step(nodes.formation(), isFounder, up, leaving), dead);
    }

    private static Step step(long formation, boolean isFounder, List<NodeRow> up, List<NodeRow> leaving) {
        if (isFounder) {
            return new GoOnForming();
        }
        if (!up.isEmpty()) {
            return new JoinAt(up);
        }
        // One that leaves lets others in until it is almost gone, and then the cluster and its chats go on.
        return leaving.isEmpty() ? new FormOne(formation) : new JoinAt(leaving);
    }

    /**
     * A row may be old because the database was away, so it must also stay as it is from one call to the next: a node that
     * lives writes it anew as soon as it can.
     */
    private boolean isDead(NodeRow row, Verdict verdict) {
        if (verdict != Verdict.SILENT) {
            silent.remove(row.node());
            return verdict == Verdict.DEAD;
        }
        Instant before = silent.put(row.node(), row.seenAt());
        return row.seenAt().equals(before) && row.unseen().compareTo(silentAfter) >= 0;
    }
}
