package dev.baton.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How often what was seen. */
final class Tally {
    /** What is counted; {@code wrong}: must not be. */
    enum Of {
        CUTS("cuts", false),
        RESETS("resets", false),
        SHORT("ended by the message alone", false),
        GAPS("gaps", true),
        DOUBLES("doubles", true),
        RESETS_UNASKED("resets that should not be", true),
        RESETS_MISSING("resets that are missing", true),
        UNEQUAL("unequal", true),
        ERRORS("errors", true);

        private final String shown;
        private final boolean wrong;

        Of(String shown, boolean wrong) {
            this.shown = shown;
            this.wrong = wrong;
        }
    }

    private final Map<Of, Long> counts = new EnumMap<>(Of.class);

    Tally() {
        for (Of of : Of.values()) {
            counts.put(of, 0L);
        }
    }

    void add(Of of) {
        counts.merge(of, 1L, Long::sum);
    }

    long count(Of of) {
        return counts.getOrDefault(of, 0L);
    }

    static Tally sum(List<Tally> parts) {
        var sum = new Tally();
        parts.forEach(part -> part.counts.forEach((of, count) -> sum.counts.merge(of, count, Long::sum)));
        return sum;
    }

    boolean isWrong() {
        return counts.entrySet().stream().anyMatch(entry -> entry.getKey().wrong && entry.getValue() > 0);
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %d", entry.getKey().shown, entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
