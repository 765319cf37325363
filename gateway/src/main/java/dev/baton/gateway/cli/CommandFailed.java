package dev.baton.gateway.cli;

/** A command could not be done; the message says why, in words for the person who typed it. */
final class CommandFailed extends RuntimeException {

    CommandFailed(String message) {
        super(message);
    }

    CommandFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
