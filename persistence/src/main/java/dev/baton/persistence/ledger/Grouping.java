package dev.baton.persistence.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By what usage is summed up. */
public enum Grouping {
    OWNER("owner"),
    MODEL("provider || '/' || target"),
    PROVIDER("provider"),
    /** Days of UTC, counted from 1970-01-01, since both kinds of database count them alike. */
    DAY("cast(cast(floor(extract(epoch from started_at) / 86400) as bigint) as varchar)");

    private final String expression;

    Grouping(String expression) {
        this.expression = expression;
    }

    String expression() {
        return expression;
    }

    public static Optional<Grouping> parse(String text) {
        return Arrays.stream(values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
