package dev.baton.client;

import java.util.Optional;

/** Is told what happens in a chat, on the stream's own thread, one call at a time. */
@FunctionalInterface
public interface Listener {

    /** The next event; the one after it comes when this returns. What it throws ends the stream. */
    void event(ChatEvent event);

    /** The last call, once: without a failure when the stream was closed. */
    default void ended(Optional<Throwable> failure) {}
}
