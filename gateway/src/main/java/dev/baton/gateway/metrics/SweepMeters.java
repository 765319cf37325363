package dev.baton.gateway.metrics;

import dev.baton.runner.takeover.SweepListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Whether the cluster's sweeper stands on this node, and what it does here. */
public final class SweepMeters implements SweepListener {
    private final Counter done;
    private final Counter failed;
    private final Counter orphans;
    private volatile boolean here;

    public SweepMeters(MeterRegistry registry) {
        done = sweeps(registry, "done");
        failed = sweeps(registry, "failed");
        orphans = Counter.builder("baton.sweep.orphans")
                .description("Chats that sweeps found to have work and no runner that lives.")
                .register(registry);
        var unused = Gauge.builder("baton.sweeper", this, sweeps -> sweeps.here ? 1 : 0)
                .description("1 on the node where the cluster's sweeper stands.")
                .strongReference(true)
                .register(registry);
    }

    private static Counter sweeps(MeterRegistry registry, String outcome) {
        return Counter.builder("baton.sweeps")
                .tag("outcome", outcome)
                .description("Sweeps for chats without a runner.")
                .register(registry);
    }

    public boolean isHere() {
        return here;
    }

    @Override
    public void standsHere(boolean isHere) {
        here = isHere;
    }

    @Override
    public void swept(int found) {
        done.increment();
        orphans.increment(found);
    }

    @Override
    public void failed() {
        failed.increment();
    }
}
