package dev.baton.persistence.chat;

import org.jspecify.annotations.Nullable;

/** Who runs the chat. {@code epoch} grows by one with every new runner; {@code node} is null while nobody does. */
public record Hold(long epoch, @Nullable NodeId node) {
    static final Hold NEVER = new Hold(0, null);

    Hold released() {
        return new Hold(epoch, null);
    }
}
