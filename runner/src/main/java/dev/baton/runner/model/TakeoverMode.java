package dev.baton.runner.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a new runner goes on from the partial answer of another; the better ways first. */
public enum TakeoverMode {
    /** The provider still works on the answer, or has it, and says again what comes after a position in it. */
    REATTACH,
    /** The partial answer is sent as the beginning of the assistant's message, and the model goes on from there. */
    CONTINUE,
    /** The model is asked again, and what was shown is taken back. */
    RESTART;

    public static Optional<TakeoverMode> parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
