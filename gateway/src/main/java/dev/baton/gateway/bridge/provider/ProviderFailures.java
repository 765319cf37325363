package dev.baton.gateway.bridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.runner.model.ModelException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what goes wrong at one provider into classified failures, in words for people and without secrets. */
public final class ProviderFailures {
    static final int MAX_DETAIL = 500;
    private static final int MAX_CAUSES = 16;

    private final String provider;
    private final Secrets secrets;

    public ProviderFailures(String provider, List<ApiKey> keys) {
        this.provider = provider;
        this.secrets = new Secrets(keys);
    }

    /** The provider answered with an error. {@code text}: all that it said, for the rules; people see its beginning. */
    public ModelException ofStatus(int status, String text, @Nullable Duration retryAfter) {
        FailureRules.Verdict verdict = FailureRules.verdict(status, text);
        return new ModelException(
                new Failure(
                        message(verdict.kind()),
                        detail(text),
                        verdict.kind(),
                        provider,
                        verdict.retryable(),
                        status == FailureRules.NO_STATUS ? null : status),
                retryAfter,
                null);
    }

    /** The same for an error that was read. */
    public ModelException ofError(ProviderError error) {
        return ofStatus(error.status(), error.text(), null);
    }

    /** The error that an event of a stream tells; empty when it tells none. */
    public Optional<ModelException> inEvent(JsonNode event) {
        return ProviderError.in(FailureRules.NO_STATUS, event).map(this::ofError);
    }

    /** The connection could not be made, or broke. */
    public ModelException ofTransport(Throwable cause) {
        Throwable each = cause;
        for (int depth = 0; each != null && depth < MAX_CAUSES; depth++) {
            if (each instanceof ModelException classified) {
                return classified;
            }
            if (each instanceof GeneralSecurityException) {
                return failure(FailureKind.CONFIG, false, message(FailureKind.CONFIG), cause.toString(), cause);
            }
            each = each.getCause();
        }
        return failure(FailureKind.TIMEOUT, true, message(FailureKind.TIMEOUT), cause.toString(), cause);
    }

    /** The stream ended before the provider said that the answer is whole. */
    public ModelException truncated(@Nullable Throwable cause) {
        return failure(
                FailureKind.TIMEOUT,
                true,
                "the answer of " + provider + " was cut off",
                cause == null ? "the stream ended before the answer did" : cause.toString(),
                cause);
    }

    public ModelException silent(Duration limit) {
        return failure(
                FailureKind.STREAM_SILENCE_TIMEOUT,
                true,
                message(FailureKind.STREAM_SILENCE_TIMEOUT),
                "nothing was said for " + limit,
                null);
    }

    /** The content filter left nothing of the answer. */
    public ModelException withheld() {
        return failure(FailureKind.CONTENT_FILTER, false, message(FailureKind.CONTENT_FILTER), null, null);
    }

    /** The provider did not keep to its protocol. */
    public ModelException malformed(String detail, boolean retryable) {
        return failure(FailureKind.GENERIC, retryable, message(FailureKind.GENERIC), detail, null);
    }

    /** The call cannot even be put into words of the provider's protocol. */
    public ModelException unsendable(String detail) {
        return failure(FailureKind.CONFIG, false, message(FailureKind.CONFIG), detail, null);
    }

    private ModelException failure(
            FailureKind kind, boolean retryable, String message, @Nullable String detail, @Nullable Throwable cause) {
        return new ModelException(
                new Failure(message, detail == null ? null : detail(detail), kind, provider, retryable, null),
                null,
                cause);
    }

    /** {@code text} without what is a secret. */
    public String shown(String text) {
        return secrets.hiddenIn(text);
    }

    /** Secrets go before the cut: half a key is still a secret. */
    private @Nullable String detail(String text) {
        String clean = secrets.hiddenIn(text).strip();
        if (clean.length() > MAX_DETAIL) {
            int end = Character.isHighSurrogate(clean.charAt(MAX_DETAIL - 1)) ? MAX_DETAIL - 1 : MAX_DETAIL;
            clean = clean.substring(0, end);
        }
        return clean.isEmpty() ? null : clean;
    }

    private String message(FailureKind kind) {
        return switch (kind) {
            case OVERLOADED -> provider + " is overloaded right now";
            case RATE_LIMIT -> provider + " limits the rate of requests right now";
            case TIMEOUT -> provider + " cannot be reached right now";
            case STREAM_SILENCE_TIMEOUT -> provider + " did not answer in time";
            case USAGE_LIMIT -> "the quota of " + provider + " is used up; look at its billing";
            case AUTH, MISSING_KEY -> provider + " refused the key; check the key and its permissions";
            case CONFIG -> provider + " refused the model settings; check model and provider";
            case PROVIDER_DISABLED -> provider + " was disabled; ask the administrator";
            case CONTENT_FILTER -> provider + " withheld the answer by its content filter";
            case GENERIC, STEP_LIMIT, BUDGET_EXCEEDED -> provider + " failed in an unexpected way";
        };
    }
}
