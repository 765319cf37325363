package dev.baton.persistence.chat;

import org.jspecify.annotations.Nullable;

/**
 * Who runs the chat. {@code epoch} grows by one with every new runner; {@code node} is null while nobody does; {@code
 * left}: who let go of it in the middle of its work.
 */
public record Hold(
        long epoch, @Nullable NodeId node, @Nullable NodeId left) {
    static final Hold NEVER = new Hold(0, null, null);

    /** The work is over. */
    Hold ended() {
        return new Hold(epoch, null, null);
    }

    /** The work is left to somebody else. */
    Hold released() {
        return new Hold(epoch, null, node);
    }
}
