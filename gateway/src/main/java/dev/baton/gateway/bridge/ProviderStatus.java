package dev.baton.gateway.bridge;

import dev.baton.gateway.bridge.health.BreakerState;
import dev.baton.gateway.bridge.health.Health;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** How one provider fares, as far as this node knows. {@code keys}: how many there are. */
public record ProviderStatus(String name, ProviderType type, boolean enabled, int keys, List<Model> models) {

    /**
     * One of its models; {@code name} is * for all that the configuration does not list. {@code keysAside}: how many keys
     * are not used for it now.
     */
    public record Model(String name, BreakerState breaker, int keysAside, Optional<Health.LastFailure> lastFailure) {}

    static List<ProviderStatus> all(Setup setup, Health health) {
        return setup.settings().providers().values().stream()
                .map(provider -> new ProviderStatus(
                        provider.name(),
                        provider.type(),
                        provider.enabled(),
                        provider.apiKeys().size(),
                        models(provider, health)))
                .toList();
    }

    private static List<Model> models(ProviderSettings provider, Health health) {
        var names = new TreeSet<>(provider.models().keySet());
        if (provider.type() == ProviderType.SIMULATED) {
            names.add(ModelCatalog.SIMULATED_MODEL);
        } else if (names.isEmpty()) {
            names.add("*");
        }
        return names.stream()
                .map(name -> {
                    String target = provider.name() + "/" + name;
                    return new Model(
                            name,
                            health.state(target),
                            health.aside(target, provider.apiKeys()),
                            health.lastFailure(target));
                })
                .toList();
    }
}
