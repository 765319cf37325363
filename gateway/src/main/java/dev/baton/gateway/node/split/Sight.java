package dev.baton.gateway.node.split;

import dev.baton.persistence.chat.NodeId;
import java.util.Set;

/** What a node sees of its cluster, and how it ends the membership of nodes. */
interface Sight {
    Silence.View view();

    /** Whether there is anybody else who could have declared this node's life over. */
    boolean hasOthers();

    /** Ends the membership of those of {@code nodes} that are members; this node's own ends the process as well. */
    void down(Set<NodeId> nodes);
}
