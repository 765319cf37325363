package dev.baton.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.bridge.ModelSettings;
import dev.baton.gateway.bridge.ModelTarget;
import dev.baton.gateway.bridge.ProviderStatus;
import dev.baton.gateway.bridge.ProviderType;
import dev.baton.gateway.bridge.health.BreakerState;
import dev.baton.persistence.chat.FailureKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BridgeMetersTest {
    private static final ModelTarget ONE = new ModelTarget("one", "m", ModelSettings.UNKNOWN);
    private static final ModelTarget OTHER = new ModelTarget("other", "m", ModelSettings.UNKNOWN);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BridgeMeters meters = new BridgeMeters(registry);

    @Test
    void countsCallsAndHowTheyFail() {
        meters.called(ONE);
        meters.failed(ONE, FailureKind.RATE_LIMIT);
        meters.failedOver(ONE, OTHER);
        meters.called(OTHER);
        meters.begun(OTHER, Duration.ofMillis(20));
        assertThat(registry.get("baton.provider.calls")
                        .tag("provider", "one")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("baton.provider.failures")
                        .tags("provider", "one", "kind", "rate_limit")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("baton.provider.failovers")
                        .tags("from", "one", "to", "other")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("baton.provider.first.token")
                        .tag("provider", "other")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void showsWhichModelsAreLeftAlone() {
        meters.stands(List.of(provider(BreakerState.OPEN, 2)));
        assertThat(gauge("baton.provider.breaker")).isEqualTo(1);
        assertThat(gauge("baton.provider.keys.aside")).isEqualTo(2);
        meters.stands(List.of(provider(BreakerState.HALF_OPEN, 0)));
        assertThat(gauge("baton.provider.breaker")).isEqualTo(0.5);
    }

    private double gauge(String name) {
        return registry.get(name).tags("provider", "one", "model", "m").gauge().value();
    }

    private static ProviderStatus provider(BreakerState breaker, int aside) {
        return new ProviderStatus(
                "one",
                ProviderType.OPENAI,
                true,
                3,
                List.of(new ProviderStatus.Model("m", breaker, aside, Optional.empty())));
    }
}
