package dev.baton.gateway.metrics;

import dev.baton.gateway.cluster.NodeReport.Counts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What the node carries, as it was counted last; not a number when nobody answered. */
final class NodeGauges {
    private final MeterRegistry registry;
    private volatile @Nullable Counts counts;
    private volatile @Nullable Integer rows;

    NodeGauges(MeterRegistry registry) {
        this.registry = registry;
        register(
                "baton.runners",
                "Chats that work here, and chats that wait for their turn.",
                Counts::running,
                "running");
        register(
                "baton.runners",
                "Chats that work here, and chats that wait for their turn.",
                Counts::waiting,
                "waiting");
        register("baton.runners.max", "How many chats may work here at once.", Counts::max, null);
        register("baton.sockets", "Live connections of clients.", Counts::sockets, null);
        register("baton.chats.loaded", "Chats in this node's memory.", Counts::chats, null);
        var unused = Gauge.builder("baton.rows.pending", this, NodeGauges::waitingRows)
                .description("Chats whose rows in the list wait to be written.")
                .strongReference(true)
                .register(registry);
    }

    void set(@Nullable Counts carried, @Nullable Integer rowsWaiting) {
        counts = carried;
        rows = rowsWaiting;
    }

    private double waitingRows() {
        Integer waiting = rows;
        return waiting == null ? Double.NaN : waiting;
    }

    private void register(String name, String text, ToIntFunction<Counts> value, @Nullable String state) {
        Gauge.Builder<NodeGauges> gauge = Gauge.builder(name, this, gauges -> gauges.value(value))
                .description(text)
                .strongReference(true);
        var unused = (state == null ? gauge : gauge.tag("state", state)).register(registry);
    }

    private double value(ToIntFunction<Counts> value) {
        Counts now = counts;
        return now == null ? Double.NaN : value.applyAsInt(now);
    }
}
