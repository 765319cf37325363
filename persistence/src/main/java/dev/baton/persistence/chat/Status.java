package dev.baton.persistence.chat;

/** What a chat is doing, as clients see it. */
public enum Status {
    /** Idle; the next message starts a turn. */
    WAITING,
    /** A turn is under way. */
    RUNNING,
    /** The turn is being cut off; what was said so far will be kept. */
    INTERRUPTING,
    /** The turn waits for the client to run tools and hand in their results. */
    REQUIRES_ACTION,
    /** The last turn failed; the error is kept until something leaves this status. */
    ERROR;

    /** Whether a runner has something to do in this status. */
    public boolean hasWork() {
        return this == RUNNING || this == INTERRUPTING || this == REQUIRES_ACTION;
    }
}
