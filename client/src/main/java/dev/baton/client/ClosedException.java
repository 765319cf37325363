package dev.baton.client;

/** What was asked came to nothing because the stream, or the client, is closed. */
public final class ClosedException extends IllegalStateException {

    ClosedException(String message) {
        super(message);
    }
}
