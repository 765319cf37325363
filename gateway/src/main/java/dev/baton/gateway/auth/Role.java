package dev.baton.gateway.auth;

/** What a caller may do beside what everybody may. */
public enum Role {
    /** Sees and changes its own chats. */
    USER,
    /** Sees and changes all chats, and looks after the cluster. */
    OPERATOR
}
