package dev.baton.gateway.bridge.health;

import java.time.Duration;

/**
 * {@code failures}: so many in a row open a breaker, {@code openFor} so long; a key that was refused is put aside for
 * {@code refusedFor}, one that was used too much for as long as the provider says, else for {@code pause}, and never for
 * longer than {@code longestPause}.
 */
public record HealthSettings(
        int failures, Duration openFor, Duration refusedFor, Duration pause, Duration longestPause) {}
