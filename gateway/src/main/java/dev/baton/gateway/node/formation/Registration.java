package dev.baton.gateway.node.formation;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.membership.NodeState;
import dev.baton.persistence.membership.NodeTable;
import dev.baton.persistence.membership.Presence;
import java.util.function.UnaryOperator;

/** This node's own row in the database, as long as it runs. Safe from all threads; what it says never blocks, writing does. */
public final class Registration {
    private final NodeTable table;
    private final Object sayings = new Object();
    private volatile Presence presence;
    private boolean registered;
    private volatile boolean closed;

    public Registration(NodeTable table, Presence self) {
        this.table = table;
        this.presence = self;
    }

    NodeId self() {
        return presence.node();
    }

    NodeTable table() {
        return table;
    }

    /** What the next write says; a node that leaves goes on leaving. */
    public void say(UnaryOperator<Presence> change) {
        synchronized (sayings) {
            Presence next = change.apply(presence);
            presence = presence.state() == NodeState.LEAVING ? next.in(NodeState.LEAVING) : next;
        }
    }

    /** Writes the row when it is not there yet. */
    synchronized void register() {
        if (!registered && !closed) {
            table.register(presence);
            registered = true;
        }
    }

    /** Writes the row; false when another life at this address has it. */
    synchronized boolean refresh() {
        if (closed) {
            return true;
        }
        register();
        return table.refresh(presence);
    }

    /** Whether the row was removed, or is being removed, for good. */
    public boolean isClosed() {
        return closed;
    }

    /** Removes the row; whatever still wants to write it does nothing. May be done twice. */
    public synchronized void close() {
        if (!closed) {
            closed = true;
            table.remove(self());
        }
    }
}
