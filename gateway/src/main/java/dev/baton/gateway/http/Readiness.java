package dev.baton.gateway.http;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;

/** Whether this node wants to be sent requests. Every change takes effect at once, from any thread. */
public final class Readiness {

    /** What a node says of itself. */
    public enum State {
        READY,
        DATABASE_AWAY,
        DRAINING
    }

    private volatile boolean draining;
    private volatile boolean databaseAway;

    /** The node is leaving; there is no way back. */
    public void drain() {
        draining = true;
    }

    public void database(boolean isThere) {
        databaseAway = !isThere;
    }

    public State state() {
        if (draining) {
            return State.DRAINING;
        }
        return databaseAway ? State.DATABASE_AWAY : State.READY;
    }

    /** As long as the database is away nothing is gained by waiting for it. */
    void requireDatabase() {
        if (databaseAway) {
            throw new ChatException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "the database does not answer this node; nothing was done, try again");
        }
    }

    boolean isDatabaseAway() {
        return databaseAway;
    }

    /** New work is for nodes that stay. */
    public void requireNotDraining() {
        if (draining) {
            throw new ChatException(ErrorCode.SHUTTING_DOWN, "this node is leaving; send it to any other");
        }
    }
}
