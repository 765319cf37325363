package dev.baton.persistence.chat;

/** Who says a message. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
}
