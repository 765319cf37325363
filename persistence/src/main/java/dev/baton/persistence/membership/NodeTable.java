package dev.baton.persistence.membership;

import dev.baton.persistence.chat.NodeId;
import java.util.List;

/**
 * The nodes of one database. Every call blocks, for a limited time; one that throws may or may not have been done.
 *
 * <p>Each change is one statement: a node that stops in the middle of anything holds nobody up.
 */
public interface NodeTable {

    /**
     * All nodes at one moment.
     *
     * @param formation the number of the newest cluster; 0 when there was none yet
     */
    record Nodes(long formation, List<NodeRow> rows) {
        public Nodes {
            rows = List.copyOf(rows);
        }
    }

    /** Writes the row of a life that begins, in the place of an earlier life at the same address. */
    void register(Presence self);

    /** Says that a node is there, and writes its row anew when somebody took it for dead; false when another life has it. */
    boolean refresh(Presence self);

    /** Removes the row of this life only. */
    void remove(NodeId life);

    Nodes read();

    /**
     * Makes {@code self} the one that forms the next cluster after number {@code after}; false when somebody else did. What
     * was read with that number holds then: nobody has formed a cluster since.
     */
    boolean form(NodeId self, long after);
}
