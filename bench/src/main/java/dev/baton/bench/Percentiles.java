package dev.baton.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** How a number of times are spread. Each figure is one of them, never one between two. */
record Percentiles(int count, Duration p50, Duration p99, Duration max) {

    static Percentiles of(Collection<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return sorted.isEmpty()
                ? new Percentiles(0, Duration.ZERO, Duration.ZERO, Duration.ZERO)
                : new Percentiles(sorted.size(), at(sorted, 50), at(sorted, 99), sorted.get(sorted.size() - 1));
    }

    /** The smallest that {@code percent} percent of all do not exceed. */
    private static Duration at(List<Duration> sorted, int percent) {
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(Math.max(1, rank) - 1);
    }
}
