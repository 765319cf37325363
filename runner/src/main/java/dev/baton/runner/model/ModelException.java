package dev.baton.runner.model;

import dev.baton.persistence.chat.Failure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failed model call, classified. */
public final class ModelException extends RuntimeException {
    private final Failure failure;
    private final @Nullable Duration retryAfter;

    public ModelException(Failure failure, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    public Failure failure() {
        return failure;
    }

    /** How long the provider wants to be left alone, when it said so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
