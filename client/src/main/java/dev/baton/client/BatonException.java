package dev.baton.client;

/** The API refused, or could not be reached in time. Streams throw it only for what trying again would not change. */
public final class BatonException extends RuntimeException {
    private final int status;
    private final String code;

    BatonException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    BatonException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.code = "";
    }

    /** The HTTP status; 0 when no node answered. */
    public int status() {
        return status;
    }

    /** The API's stable code, as {@code chat_not_found}; empty when there was none. */
    public String code() {
        return code;
    }
}
