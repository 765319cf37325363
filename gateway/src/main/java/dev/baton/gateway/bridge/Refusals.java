package dev.baton.gateway.bridge;

import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.runner.model.ModelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the bridge itself says when it makes no call. */
final class Refusals {

    private Refusals() {}

    static ModelException of(String message, FailureKind kind, @Nullable String provider, boolean retryable) {
        return of(message, kind, provider, retryable, null);
    }

    static ModelException of(
            String message,
            FailureKind kind,
            @Nullable String provider,
            boolean retryable,
            @Nullable Duration retryAfter) {
        return new ModelException(new Failure(message, null, kind, provider, retryable, null), retryAfter, null);
    }

    static ModelException closing() {
        return of("the bridge is closing; the call can be made again", FailureKind.GENERIC, null, true);
    }

    static ModelException noRoom(Duration retryAfter) {
        return of(
                "too many of your calls are under way or waiting (baton.bridge.limits)",
                FailureKind.RATE_LIMIT,
                null,
                true,
                retryAfter);
    }

    static ModelException unknownModel(String model) {
        return of("there is no model named " + model + "; check model and provider", FailureKind.CONFIG, null, false);
    }

    /** Callers may rely on every failure being classified; what nobody foresaw is, too. */
    static ModelException classified(Throwable failure) {
        return failure instanceof ModelException known
                ? known
                : new ModelException(
                        new Failure(
                                "the bridge failed in an unexpected way",
                                failure.getClass().getName(),
                                FailureKind.GENERIC,
                                null,
                                false,
                                null),
                        null,
                        failure);
    }
}
