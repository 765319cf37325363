package dev.baton.persistence.ledger;

import java.util.Arrays;
import java.util.Locale;

/** How much of what was asked and said the ledger keeps. */
public enum Content {
    /** Nothing but numbers. */
    OFF,
    /** That there was a prompt, a call of a tool or a thought, and how long it was. */
    METADATA,
    FULL;

    static Content parse(String text) {
        return Arrays.stream(values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "baton.ledger.content (" + text + ") must be off, metadata or full"));
    }
}
