package dev.baton.persistence.chat;

import org.jspecify.annotations.Nullable;

/** A failed attempt or turn as people see it. {@code statusCode}: the provider's HTTP status, where there was one. */
public record Failure(
        String message,
        @Nullable String detail,
        FailureKind kind,
        @Nullable String provider,
        boolean retryable,
        @Nullable Integer statusCode) {}
