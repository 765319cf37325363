package dev.baton.gateway.node.split;

import dev.baton.persistence.chat.NodeId;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The decision of the database: {@link dev.baton.persistence.downed.DownedNodes#down}, without blocking. */
@FunctionalInterface
public interface Verdicts {
    CompletionStage<Boolean> down(NodeId by, Set<NodeId> nodes);

    /** Whether {@code node} may go on. */
    default CompletionStage<Boolean> goesOn(NodeId node) {
        return down(node, Set.of());
    }
}
