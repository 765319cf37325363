package dev.baton.gateway.bridge.provider;

import org.jspecify.annotations.Nullable;

/**
 * How a model is to be asked. {@code maxOutput}: the most tokens that it may say; {@code effort}: how hard it thinks, in
 * the provider's word; {@code thinking}: whether it thinks aloud; {@code cache}: whether the provider is to remember the
 * prompt; {@code kept}: whether the provider is to keep the answer, so that it can be gone on with.
 */
public record ModelOptions(
        @Nullable Integer maxOutput, @Nullable String effort, Thinking thinking, boolean cache, boolean kept) {
    public static final ModelOptions NONE = new ModelOptions(null, null, Thinking.OFF, false, false);

    /** {@code budget}: tokens, or 0 where the model decides for itself. */
    public record Thinking(boolean on, int budget) {
        public static final Thinking OFF = new Thinking(false, 0);
        public static final Thinking ADAPTIVE = new Thinking(true, 0);
    }

    public ModelOptions kept(boolean isKept) {
        return new ModelOptions(maxOutput, effort, thinking, cache, isKept);
    }
}
