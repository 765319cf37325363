package dev.baton.persistence.chat;

/** Why a model call failed, in the words that clients see; names never change. */
public enum FailureKind {
    GENERIC,
    OVERLOADED,
    RATE_LIMIT,
    TIMEOUT,
    STREAM_SILENCE_TIMEOUT,
    AUTH,
    CONFIG,
    USAGE_LIMIT,
    BUDGET_EXCEEDED,
    MISSING_KEY,
    PROVIDER_DISABLED,
    CONTENT_FILTER,
    STEP_LIMIT
}
