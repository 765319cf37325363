package dev.baton.gateway.metrics;

import dev.baton.gateway.cluster.NodeReport.Counts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** The meters of one node, and their values as text for Prometheus. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    /** What counts by itself; a meter alone would let go of it. */
    private final List<Supplier<Number>> counted = new CopyOnWriteArrayList<>();

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Where everything on the node has its meters. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Counts the parts of answers that stream on this node. */
    public IntConsumer parts() {
        Counter parts = Counter.builder("baton.parts")
                .description("Parts of answers that were made on this node.")
                .register(registry);
        return parts::increment;
    }

    /** Counts what the journal refuses; {@code fenced}: how often it has so far. */
    public void journal(Supplier<Number> fenced) {
        var unused = counter(ChatMeters.REJECTED, fenced)
                .tag("by", "journal")
                .description(ChatMeters.REJECTED_TEXT)
                .register(registry);
    }

    /** {@code pauses}: how often the node stood still so far; {@code mayAct}: whether what it does may have effects now. */
    public void pauses(Supplier<Number> pauses, BooleanSupplier mayAct) {
        var unusedCounter = counter("baton.node.pauses", pauses)
                .description("How often the node stood still for longer than its limit.")
                .register(registry);
        var unusedGauge = Gauge.builder("baton.node.may.act", mayAct, may -> may.getAsBoolean() ? 1 : 0)
                .description("0 while the node waits for the database to say whether it goes on.")
                .strongReference(true)
                .register(registry);
    }

    private FunctionCounter.Builder<Supplier<Number>> counter(String name, Supplier<Number> count) {
        counted.add(count);
        return FunctionCounter.builder(name, count, all -> all.get().doubleValue());
    }

    /** A phase of the way down has ended. Hardly anybody reads it, for the process ends; the log says it as well. */
    public void phaseEnded(String phase, Duration took) {
        Timer.builder("baton.shutdown.phase")
                .tag("phase", phase)
                .description("How long each phase of the way down took.")
                .register(registry)
                .record(took);
    }

    /**
     * What is asked when somebody wants to know. {@code counts} and {@code rows}, the chats whose rows wait to be written,
     * fail or answer within a limit of their own.
     */
    public Supplier<CompletionStage<String>> page(
            Supplier<CompletionStage<Counts>> counts, Supplier<CompletionStage<Integer>> rows) {
        var gauges = new NodeGauges(registry);
        return () -> counts.get()
                .handle((now, failure) -> Optional.ofNullable(now))
                .thenCombine(rows.get().handle((now, failure) -> Optional.ofNullable(now)), (carried, waiting) -> {
                    gauges.set(carried.orElse(null), waiting.orElse(null));
                    return registry.scrape();
                });
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
