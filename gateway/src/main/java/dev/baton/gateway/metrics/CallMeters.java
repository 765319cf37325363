package dev.baton.gateway.metrics;

import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.CallEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** Calls of models, what they used and cost, and how far the ledger is behind. Providers are as many as are configured. */
public final class CallMeters {
    private final MeterRegistry registry;
    private final Counter orphans;

    /** {@code pending}: how much waits to be written to the ledger. */
    public CallMeters(MeterRegistry registry, IntSupplier pending) {
        this.registry = registry;
        this.orphans = Counter.builder("baton.ledger.orphans")
                .description("Calls that nodes which are gone had left open and that were ended here.")
                .register(registry);
        var unused = Gauge.builder("baton.ledger.pending", pending, IntSupplier::getAsInt)
                .description("Entries that wait to be written to the ledger.")
                .strongReference(true)
                .register(registry);
    }

    /** A call that was made here has ended. */
    public void ended(CallEnd end) {
        String provider = end.target().provider();
        Counter.builder("baton.model.calls")
                .tag("provider", provider)
                .tag("outcome", end.outcome().toString())
                .description("Calls of models that ended on this node.")
                .register(registry)
                .increment();
        Usage usage = end.usage();
        if (usage == null) {
            return;
        }
        tokens(provider, "input", usage.inputTokens() - usage.cachedTokens() - usage.cacheWriteTokens());
        tokens(provider, "cached", usage.cachedTokens());
        tokens(provider, "cache_write", usage.cacheWriteTokens());
        tokens(provider, "output", usage.outputTokens());
        Counter.builder("baton.model.cost")
                .tag("provider", provider)
                .description("What calls of models cost, in the currency of the ledger.")
                .register(registry)
                .increment(end.cost().doubleValue());
    }

    /** So many calls of nodes that are gone were ended. */
    public void orphans(int count) {
        orphans.increment(count);
    }

    private void tokens(String provider, String kind, long count) {
        Counter.builder("baton.model.tokens")
                .tag("provider", provider)
                .tag("kind", kind)
                .description("Tokens that calls of models used, as far as providers told.")
                .register(registry)
                .increment((double) Math.max(0, count));
    }
}
