package dev.baton.persistence.chat;

import java.time.Duration;
import java.time.Instant;

/** The next attempt's appointment: after {@code failure} of {@code attempt}, again at {@code until}. */
public record Retry(int attempt, Duration delay, Instant until, Failure failure) {}
