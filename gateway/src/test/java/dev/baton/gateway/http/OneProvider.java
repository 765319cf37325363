package dev.baton.gateway.http;

import dev.baton.gateway.bridge.ProviderStatus;
import dev.baton.gateway.bridge.ProviderType;
import dev.baton.gateway.bridge.health.BreakerState;
import dev.baton.gateway.bridge.health.Health.LastFailure;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.FailureKind;
import java.util.List;
import java.util.Optional;

/** A provider that does not fare well. */
final class OneProvider implements Providers {
    int reloads;
    String wrong = "";

    @Override
    public List<ProviderStatus> all() {
        return List.of(new ProviderStatus(
                "local",
                ProviderType.OPENAI_RESPONSES,
                true,
                2,
                List.of(
                        new ProviderStatus.Model(
                                "m",
                                BreakerState.HALF_OPEN,
                                1,
                                Optional.of(new LastFailure(FailureKind.RATE_LIMIT, MemoryChats.NOW))),
                        new ProviderStatus.Model("n", BreakerState.CLOSED, 0, Optional.empty()))));
    }

    @Override
    public void reload() {
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong);
        }
        reloads++;
    }
}
