package dev.baton.gateway.bridge.health;

import java.time.Duration;
import java.time.Instant;

/**
 * Says whether a model at a provider is to be left alone after failures in a row.
 *
 * <pre>
 * closed    -- so many failures in a row --> open
 * open      -- its time is over -----------> half open: one call may try
 * half open -- that call is answered ------> closed, but the next failure opens it again
 * half open -- that call fails ------------> open
 * </pre>
 *
 * <p>Not safe for several threads; {@link Health} is.
 */
final class Breaker {
    private final int threshold;
    private final Duration openFor;
    private int failures;
    private Instant openUntil = Instant.MIN;
    private boolean open;
    private boolean probing;

    Breaker(int threshold, Duration openFor) {
        this.threshold = threshold;
        this.openFor = openFor;
    }

    BreakerState state(Instant now) {
        if (!open) {
            return BreakerState.CLOSED;
        }
        return now.isBefore(openUntil) ? BreakerState.OPEN : BreakerState.HALF_OPEN;
    }

    /** Whether a call may be made; when half open, it is the one that tries. */
    boolean admits(Instant now) {
        BreakerState state = state(now);
        if (state == BreakerState.HALF_OPEN && !probing) {
            probing = true;
            return true;
        }
        return state == BreakerState.CLOSED;
    }

    /** How long nobody need ask again. */
    Duration left(Instant now) {
        return state(now) == BreakerState.OPEN ? Duration.between(now, openUntil) : Duration.ofSeconds(1);
    }

    /** The model was heard; true when that closes the breaker. */
    boolean heard() {
        boolean closes = open && probing;
        if (closes) {
            open = false;
            probing = false;
            failures = threshold - 1;
        }
        return closes;
    }

    void answered() {
        failures = 0;
    }

    /** True when that opens the breaker. */
    boolean failed(Instant now) {
        failures++;
        boolean opens = open ? probing : failures >= threshold;
        if (opens) {
            openUntil(now.plus(openFor));
        }
        return opens;
    }

    /** The call that was to try ended without an answer to the question. */
    void notTried() {
        probing = false;
    }

    void openUntil(Instant until) {
        open = true;
        probing = false;
        openUntil = until;
    }

    /** Another node was answered; what this one has found since it closed stays. */
    void closedElsewhere() {
        if (open) {
            open = false;
            probing = false;
            failures = threshold - 1;
        }
    }

    Instant openUntil() {
        return openUntil;
    }
}
