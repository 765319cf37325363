package dev.baton.persistence.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A chat's work went on elsewhere. {@code pause}: how long nobody had it; nobody knows that of a node that died. */
public record Move(NodeId from, Cause cause, @Nullable Duration pause) {

    /** Why it went on elsewhere. */
    public enum Cause {
        /** The node died. */
        TAKEOVER,
        /** The node left, or gave the chat away. */
        HANDOVER
    }
}
