package dev.baton.gateway.bridge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a new runner goes on from the partial answer of a dead one. */
public enum TakeoverMode {
    /** The model is asked again. */
    RESTART,
    /** The partial answer is sent as the beginning of the assistant's message, and the model goes on from there. */
    CONTINUE;

    static Optional<TakeoverMode> parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
