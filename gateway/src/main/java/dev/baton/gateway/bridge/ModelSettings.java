package dev.baton.gateway.bridge;

import dev.baton.persistence.ledger.Price;
import dev.baton.runner.model.TakeoverMode;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one model. {@code context}: the tokens it can read; {@code takeover}: the best way to go on;
 * {@code continueWith}: what its server wants to be told to continue.
 */
public record ModelSettings(
        @Nullable Integer context,
        TakeoverMode takeover,
        ContinueWith continueWith,
        @Nullable Price price) {

    /** A model that nothing was said about: asking again is right for every one. */
    public static final ModelSettings UNKNOWN = new ModelSettings(null, TakeoverMode.RESTART, ContinueWith.PLAIN, null);
}
