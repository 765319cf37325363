package dev.baton.gateway.node;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How long each phase of the way down took: a phase ends when the next begins. Safe from any thread. */
final class PhaseTimes {
    private final LongSupplier nanos;
    private final Map<String, Duration> ended = new LinkedHashMap<>();
    private BiConsumer<String, Duration> listener = (phase, took) -> {};
    private @Nullable String current;
    private long since;

    /** {@code nanos}: a clock for durations. */
    PhaseTimes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** {@code listener} is told of every phase that ends, with how long it took, on the thread that ends it. */
    synchronized void tell(BiConsumer<String, Duration> listener) {
        this.listener = listener;
    }

    synchronized void begin(String phase) {
        end();
        current = phase;
        since = nanos.getAsLong();
    }

    synchronized void end() {
        if (current == null) {
            return;
        }
        Duration took = Duration.ofNanos(nanos.getAsLong() - since);
        ended.put(current, took);
        listener.accept(current, took);
        current = null;
    }

    /** Whether there is a way down to speak of; a start that fails has none. */
    synchronized boolean begun() {
        return current != null || !ended.isEmpty();
    }

    /** All phases that took a millisecond or more, in their order, after the sum of all. */
    synchronized String summary() {
        Duration sum = ended.values().stream().reduce(Duration.ZERO, Duration::plus);
        String phases = ended.entrySet().stream()
                .filter(phase -> phase.getValue().toMillis() > 0)
                .map(phase -> phase.getKey() + " " + phase.getValue().toMillis())
                .collect(Collectors.joining(", "));
        return "%d ms (%s)".formatted(sum.toMillis(), phases);
    }
}
