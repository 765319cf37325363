package dev.baton.gateway.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.runner.model.ModelException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a request is refused, to be worded in the dialect's own shape. {@code param}: the field that is at fault. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final @Nullable String param;
    private final @Nullable Duration retryAfter;

    public Refused(int status, String code, String message, @Nullable String param) {
        this(status, code, message, param, null);
    }

    private Refused(int status, String code, String message, @Nullable String param, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
        this.retryAfter = retryAfter;
    }

    /** The field {@code param} breaks a rule. */
    public static Refused field(String param, String message) {
        return new Refused(400, "request_invalid", message, param);
    }

    /** A model said no, as the stream words it. Baton has tried again for as long as that made sense. */
    public static Refused failure(@Nullable JsonNode failure) {
        String kind = failure == null ? "generic" : failure.path("kind").asText();
        String message = failure == null ? "" : failure.path("message").asText();
        return new Refused(status(kind), kind, message, null);
    }

    /** A model said no, or nobody could be asked. */
    public static Refused failure(ModelException failure) {
        String kind = failure.failure().kind().name().toLowerCase(Locale.ROOT);
        boolean ours = failure.failure().kind() == FailureKind.GENERIC
                && failure.failure().provider() == null
                && failure.failure().retryable();
        return new Refused(
                ours ? 503 : status(kind),
                kind,
                failure.failure().message(),
                null,
                failure.retryAfter().orElse(null));
    }

    private static int status(String kind) {
        return switch (kind) {
            case "rate_limit", "usage_limit" -> 429;
            case "budget_exceeded" -> 402;
            case "overloaded", "provider_disabled" -> 503;
            case "timeout", "stream_silence_timeout" -> 504;
            case "content_filter" -> 400;
            default -> 502;
        };
    }

    /** How long to wait before asking again; null when nobody knows. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public @Nullable String param() {
        return param;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
