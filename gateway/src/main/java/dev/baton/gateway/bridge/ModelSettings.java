package dev.baton.gateway.bridge;

import org.jspecify.annotations.Nullable;

/** What is known about one model. {@code context}: the tokens it can read. */
public record ModelSettings(
        @Nullable Integer context,
        TakeoverMode takeover,
        @Nullable Price price) {

    /** A model that nothing was said about: asking again is right for every one. */
    public static final ModelSettings UNKNOWN = new ModelSettings(null, TakeoverMode.RESTART, null);
}
