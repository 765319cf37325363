package dev.baton.gateway.bridge;

import dev.baton.gateway.bridge.provider.ApiKey;
import dev.baton.gateway.bridge.provider.Provider;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One version of the configuration and what was made of it. A call keeps to the one that it began with. */
record Setup(BridgeSettings settings, ModelCatalog catalog, Map<String, Provider> providers) {

    Setup {
        providers = Collections.unmodifiableMap(new TreeMap<>(providers));
    }

    static Setup of(BridgeSettings settings, Map<String, Provider> providers) {
        return new Setup(
                settings,
                new ModelCatalog(settings.providers(), settings.models(), settings.defaultModel()),
                providers);
    }

    /** The target's provider; empty when it is disabled. */
    Optional<Provider> providerOf(ModelTarget target) {
        ProviderSettings configured = settings.providers().get(target.provider());
        return configured == null || !configured.enabled()
                ? Optional.empty()
                : Optional.ofNullable(providers.get(target.provider()));
    }

    List<ApiKey> keysOf(ModelTarget target) {
        ProviderSettings configured = settings.providers().get(target.provider());
        return configured == null ? List.of() : configured.apiKeys();
    }

    ProviderType typeOf(ModelTarget target) {
        ProviderSettings configured = settings.providers().get(target.provider());
        return configured == null ? ProviderType.SIMULATED : configured.type();
    }

    /** Whether the target can be left alone: what fails without a network fails because somebody wants it to. */
    boolean isWatched(ModelTarget target) {
        return typeOf(target) != ProviderType.SIMULATED;
    }

    /** Under which name its health is known; models that nobody listed share one, for their number has no bound. */
    String healthName(ModelTarget target) {
        return catalog.lists(target) ? target.name() : target.provider() + "/*";
    }
}
