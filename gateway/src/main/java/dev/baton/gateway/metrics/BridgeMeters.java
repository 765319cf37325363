package dev.baton.gateway.metrics;

import dev.baton.gateway.bridge.BridgeMeter;
import dev.baton.gateway.bridge.ModelTarget;
import dev.baton.gateway.bridge.ProviderStatus;
import dev.baton.gateway.bridge.health.BreakerState;
import dev.baton.persistence.chat.FailureKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Calls of providers, by provider. Models are no tag: without a list of them anybody could make up names. */
public final class BridgeMeters implements BridgeMeter {
    private final MeterRegistry registry;
    private final MultiGauge breakers;
    private final MultiGauge keys;

    public BridgeMeters(MeterRegistry registry) {
        this.registry = registry;
        this.breakers = MultiGauge.builder("baton.provider.breaker")
                .description("0 while a model is called, 0.5 while one call tries, 1 while it is left alone.")
                .register(registry);
        this.keys = MultiGauge.builder("baton.provider.keys.aside")
                .description("Keys that are not used for a model now.")
                .register(registry);
    }

    /** What stands at this moment; told before the meters are read. Models are those that the configuration lists. */
    public void stands(List<ProviderStatus> providers) {
        breakers.register(rows(providers, model -> value(model.breaker())), /* overwrite= */ true);
        keys.register(rows(providers, model -> (double) model.keysAside()), /* overwrite= */ true);
    }

    @Override
    public void called(ModelTarget target) {
        Counter.builder("baton.provider.calls")
                .tag("provider", target.provider())
                .description("Calls of providers.")
                .register(registry)
                .increment();
    }

    @Override
    public void begun(ModelTarget target, Duration after) {
        Timer.builder("baton.provider.first.token")
                .tag("provider", target.provider())
                .description("How long it took from a call until the model was heard.")
                .register(registry)
                .record(after);
    }

    @Override
    public void failed(ModelTarget target, FailureKind kind) {
        Counter.builder("baton.provider.failures")
                .tag("provider", target.provider())
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .description("Calls of providers that failed.")
                .register(registry)
                .increment();
    }

    @Override
    public void failedOver(ModelTarget from, ModelTarget to) {
        Counter.builder("baton.provider.failovers")
                .tag("from", from.provider())
                .tag("to", to.provider())
                .description("Calls that went on elsewhere, or with another key, after a failure.")
                .register(registry)
                .increment();
    }

    private interface Value {
        double of(ProviderStatus.Model model);
    }

    private static List<MultiGauge.Row<?>> rows(List<ProviderStatus> providers, Value value) {
        return providers.stream()
                .<MultiGauge.Row<?>>flatMap(provider -> provider.models().stream()
                        .map(model -> MultiGauge.Row.of(
                                Tags.of("provider", provider.name(), "model", model.name()), value.of(model))))
                .toList();
    }

    private static double value(BreakerState state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 0.5;
            case OPEN -> 1;
        };
    }
}
