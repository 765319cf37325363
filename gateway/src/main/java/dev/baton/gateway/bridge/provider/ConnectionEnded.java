package dev.baton.gateway.bridge.provider;

/** The provider closed the connection without an answer. Without a stack, since nothing went wrong here. */
final class ConnectionEnded extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConnectionEnded() {
        super("the connection was closed before an answer came", null, false, false);
    }
}
