package dev.baton.persistence.membership;

import java.util.Locale;

/** How far a node has come, by its own word. */
public enum NodeState {
    /** It runs, and looks for a cluster to join. */
    JOINING,
    /** It is a member of a cluster, so others can join there. */
    UP,
    /** It is on its way down. */
    LEAVING;

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static NodeState of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
