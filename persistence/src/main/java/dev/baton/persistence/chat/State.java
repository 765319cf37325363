package dev.baton.persistence.chat;

import java.util.Optional;

/**
 * Every state a chat can be in: the letter is the {@link Status}, the digit says whether messages are queued, X means
 * archived. Nothing else may exist.
 */
public enum State {
    /** Does not exist. */
    N,
    W,
    E0,
    E1,
    R0,
    R1,
    I0,
    I1,
    A0,
    A1,
    XW,
    XE0,
    XE1;

    /** The state of an existing chat; empty when no state is like this. */
    public static Optional<State> of(Status status, boolean queued, boolean archived) {
        return switch (status) {
            case WAITING -> queued ? Optional.empty() : Optional.of(archived ? XW : W);
            case ERROR -> Optional.of(archived ? (queued ? XE1 : XE0) : (queued ? E1 : E0));
            case RUNNING -> active(queued ? R1 : R0, archived);
            case INTERRUPTING -> active(queued ? I1 : I0, archived);
            case REQUIRES_ACTION -> active(queued ? A1 : A0, archived);
        };
    }

    /** A chat with work cannot be archived. */
    private static Optional<State> active(State state, boolean archived) {
        return archived ? Optional.empty() : Optional.of(state);
    }
}
