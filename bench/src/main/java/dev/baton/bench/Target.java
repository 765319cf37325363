package dev.baton.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What times of one kind should not exceed; a bound that is absent is none. */
record Target(
        @Nullable Duration p50,
        @Nullable Duration p99,
        @Nullable Duration max) {
    static final Target NONE = new Target(null, null, null);

    static Target p99(Duration bound) {
        return new Target(null, bound, null);
    }

    static Target max(Duration bound) {
        return new Target(null, null, bound);
    }

    /** The bounds and whether they hold. */
    String verdict(Percentiles times) {
        var bounds = new ArrayList<String>();
        boolean met = add(bounds, "p50", p50, times.p50());
        met &= add(bounds, "p99", p99, times.p99());
        met &= add(bounds, "max", max, times.max());
        return bounds.isEmpty() ? "" : String.join(", ", bounds) + (met ? ": met" : ": MISSED");
    }

    private static boolean add(List<String> bounds, String name, @Nullable Duration bound, Duration seen) {
        if (bound == null) {
            return true;
        }
        bounds.add(name + " <= " + Report.shown(bound));
        return seen.compareTo(bound) <= 0;
    }
}
