package dev.baton.persistence.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a call ended; the names are in the ledger, so they never change. */
public enum Outcome {
    /** It has not. */
    RUNNING,
    DONE,
    FAILED,
    /** Whoever asked went away, or the answer was cut. */
    CANCELLED,
    /** Its node died before it could say. */
    ORPHANED;

    public static Optional<Outcome> parse(String text) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
