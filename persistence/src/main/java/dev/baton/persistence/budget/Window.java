package dev.baton.persistence.budget;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long a limit holds until it begins anew. Days and months are those of UTC. */
public enum Window {
    DAY,
    MONTH,
    TOTAL;

    /** Names the one that {@code at} is in; of one kind, later ones sort after earlier ones. */
    public String at(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return switch (this) {
            case DAY -> day.toString();
            case MONTH -> YearMonth.from(day).toString();
            case TOTAL -> "total";
        };
    }

    /** When the one that {@code at} is in began. */
    Instant start(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return switch (this) {
            case DAY -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
            case MONTH -> day.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            case TOTAL -> Instant.EPOCH;
        };
    }

    public static Optional<Window> parse(String text) {
        return Arrays.stream(values())
                .filter(window -> window.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
