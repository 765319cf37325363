package dev.baton.gateway.bridge;

import dev.baton.runner.model.TakeoverMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Knows which provider a model's name means. */
public final class ModelCatalog {
    static final String SIMULATED_MODEL = "default";
    private static final ModelSettings SIMULATED =
            new ModelSettings(null, TakeoverMode.CONTINUE, ContinueWith.PLAIN, null);

    private final Map<String, ProviderSettings> providers;
    private final String defaultModel;

    ModelCatalog(Map<String, ProviderSettings> providers, String defaultModel) {
        this.providers = providers;
        this.defaultModel = defaultModel;
    }

    /** What a name means. */
    public sealed interface Resolution {
        default Optional<ModelTarget> target() {
            return this instanceof Resolved resolved ? Optional.of(resolved.model()) : Optional.empty();
        }
    }

    public record Resolved(ModelTarget model) implements Resolution {}

    /** The name means no model, or more than one. {@code reason} is for people. */
    public record Unresolved(String reason) implements Resolution {}

    /** The model of chats that name none. */
    public ModelTarget defaultModel() {
        return resolve(defaultModel)
                .target()
                .orElseThrow(() -> new IllegalStateException("default-model " + defaultModel + " is unknown"));
    }

    /**
     * Finds the model that {@code name} means: {@code provider/model}, or a bare model name when only one provider has
     * it. A listed model wins over providers that take any name. Model names may contain slashes themselves.
     */
    public Resolution resolve(String name) {
        if (name.isBlank()) {
            return new Unresolved("a model's name must not be blank");
        }
        int slash = name.indexOf('/');
        ProviderSettings named = slash < 0 ? null : providers.get(name.substring(0, slash));
        if (named != null) {
            String model = name.substring(slash + 1);
            if (lists(named, model) || (takesAny(named) && !model.isBlank())) {
                return new Resolved(target(named, model));
            }
        }
        return resolveBare(name);
    }

    /** The models that are known by name at enabled providers, in the order of their names. */
    public List<ModelTarget> models() {
        return providers.values().stream()
                .filter(ProviderSettings::enabled)
                .flatMap(provider -> names(provider).stream().map(model -> target(provider, model)))
                .toList();
    }

    private static Set<String> names(ProviderSettings provider) {
        var names = new TreeSet<>(provider.models().keySet());
        if (provider.type() == ProviderType.SIMULATED) {
            names.add(SIMULATED_MODEL);
        }
        return names;
    }

    private Resolution resolveBare(String name) {
        List<ProviderSettings> holders = holders(name);
        if (holders.size() == 1) {
            return new Resolved(target(holders.get(0), name));
        }
        if (holders.isEmpty()) {
            return new Unresolved("no provider has a model named " + name);
        }
        return new Unresolved("more than one provider has a model named %s; say which: %s"
                .formatted(
                        name,
                        holders.stream()
                                .map(provider -> provider.name() + "/" + name)
                                .collect(Collectors.joining(", "))));
    }

    /** A disabled provider counts only where it is the only one left, so that the call can say that it is disabled. */
    private List<ProviderSettings> holders(String name) {
        List<ProviderSettings> listing =
                providers.values().stream().filter(each -> lists(each, name)).toList();
        List<ProviderSettings> all = listing.isEmpty()
                ? providers.values().stream().filter(ModelCatalog::takesAny).toList()
                : listing;
        List<ProviderSettings> enabled =
                all.stream().filter(ProviderSettings::enabled).toList();
        return enabled.isEmpty() ? all : enabled;
    }

    private static boolean lists(ProviderSettings provider, String model) {
        return names(provider).contains(model);
    }

    private static boolean takesAny(ProviderSettings provider) {
        return provider.type() != ProviderType.SIMULATED && provider.models().isEmpty();
    }

    private static ModelTarget target(ProviderSettings provider, String model) {
        ModelSettings unlisted = provider.type() == ProviderType.SIMULATED ? SIMULATED : ModelSettings.UNKNOWN;
        ModelSettings settings = provider.models().getOrDefault(model, unlisted);
        return new ModelTarget(provider.name(), model, settings);
    }
}
