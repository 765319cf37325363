package dev.baton.persistence.chat;

/** Why a model's answer ended before it had said all of it. */
public enum Ending {
    /** It was as long as it might be. */
    LENGTH,
    CONTENT_FILTER
}
