package dev.baton.persistence.chat;

/** Every error that a caller can meet, by a name that clients may rely on and that never changes. */
public enum ErrorCode {
    BUDGET_NOT_FOUND(Kind.NOT_FOUND),
    CALL_NOT_FOUND(Kind.NOT_FOUND),
    CHAT_NOT_FOUND(Kind.NOT_FOUND),
    MESSAGE_NOT_FOUND(Kind.NOT_FOUND),
    QUEUED_MESSAGE_NOT_FOUND(Kind.NOT_FOUND),
    NODE_NOT_FOUND(Kind.NOT_FOUND),
    ROUTE_NOT_FOUND(Kind.NOT_FOUND),
    TOKEN_NOT_FOUND(Kind.NOT_FOUND),

    CHAT_ARCHIVED(Kind.CONFLICT),
    CHAT_BUSY(Kind.CONFLICT),
    CHAT_EXISTS(Kind.CONFLICT),
    CHAT_STATE_IMPOSSIBLE(Kind.CONFLICT),
    CHAT_STATE_VALID(Kind.CONFLICT),
    CONFIGURATION_INVALID(Kind.CONFLICT),
    FENCED(Kind.CONFLICT),
    MESSAGE_QUEUE_FULL(Kind.CONFLICT),
    TRANSITION_NOT_ALLOWED(Kind.CONFLICT),

    CONTENT_EMPTY(Kind.INVALID),
    CURSOR_UNKNOWN(Kind.INVALID),
    LABELS_INVALID(Kind.INVALID),
    MEDIA_TYPE_UNSUPPORTED(Kind.INVALID),
    MESSAGE_NOT_EDITABLE(Kind.INVALID),
    METHOD_NOT_ALLOWED(Kind.INVALID),
    MODEL_UNKNOWN(Kind.INVALID),
    REQUEST_INVALID(Kind.INVALID),
    TITLE_INVALID(Kind.INVALID),
    TOOLS_INVALID(Kind.INVALID),
    TOOL_RESULTS_MISMATCH(Kind.INVALID),

    BODY_TOO_LARGE(Kind.TOO_LARGE),

    UNAUTHENTICATED(Kind.UNAUTHENTICATED),

    HOST_NOT_ALLOWED(Kind.FORBIDDEN),
    OPERATOR_REQUIRED(Kind.FORBIDDEN),
    ORIGIN_NOT_ALLOWED(Kind.FORBIDDEN),

    DATABASE_UNAVAILABLE(Kind.UNAVAILABLE),
    IDENTITY_PROVIDER_UNAVAILABLE(Kind.UNAVAILABLE),
    SHUTTING_DOWN(Kind.UNAVAILABLE),
    TIMED_OUT(Kind.UNAVAILABLE),

    INTERNAL(Kind.INTERNAL);

    private final Kind kind;

    ErrorCode(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Who must act: the caller for the first six, nobody but time for UNAVAILABLE, Baton's makers for INTERNAL. */
    public enum Kind {
        INVALID,
        NOT_FOUND,
        CONFLICT,
        TOO_LARGE,
        UNAUTHENTICATED,
        FORBIDDEN,
        UNAVAILABLE,
        INTERNAL
    }
}
