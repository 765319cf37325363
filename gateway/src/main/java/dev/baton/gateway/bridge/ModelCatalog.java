package dev.baton.gateway.bridge;

import dev.baton.gateway.bridge.openai.ContinueWith;
import dev.baton.runner.model.TakeoverMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows which provider a model's name means. */
public final class ModelCatalog {
    static final String SIMULATED_MODEL = "default";
    private static final ModelSettings SIMULATED =
            new ModelSettings(null, TakeoverMode.CONTINUE, ContinueWith.PLAIN, null);

    private final Map<String, ProviderSettings> providers;
    private final Map<String, List<String>> named;
    private final String defaultModel;

    /** {@code named}: the models of the configuration's own, with the names of their targets in order. */
    ModelCatalog(Map<String, ProviderSettings> providers, Map<String, List<String>> named, String defaultModel) {
        this.providers = providers;
        this.named = named;
        this.defaultModel = defaultModel;
    }

    /** What a name means. */
    public sealed interface Resolution {
        default Optional<Route> route() {
            return this instanceof Resolved resolved ? Optional.of(resolved.model()) : Optional.empty();
        }
    }

    public record Resolved(Route model) implements Resolution {}

    /** The name means no model, or more than one. {@code reason} is for people. */
    public record Unresolved(String reason) implements Resolution {}

    /** The model of chats that name none. */
    public Route defaultModel() {
        return resolve(defaultModel)
                .route()
                .orElseThrow(() -> new IllegalStateException("default-model " + defaultModel + " is unknown"));
    }

    /**
     * Finds the model that {@code name} means: one of the configuration's own, {@code provider/model}, or a bare model name when only one provider has
     * it. A listed model wins over providers that take any name. Model names may contain slashes themselves.
     */
    public Resolution resolve(String name) {
        if (name.isBlank()) {
            return new Unresolved("a model's name must not be blank");
        }
        List<String> targets = named.get(name);
        return targets == null ? resolveTarget(name) : resolveAll(name, targets);
    }

    private Resolution resolveAll(String name, List<String> targets) {
        var found = new ArrayList<ModelTarget>();
        for (String target : targets) {
            Resolution resolution = resolveTarget(target);
            if (resolution instanceof Unresolved) {
                return resolution;
            }
            resolution.route().ifPresent(route -> found.addAll(route.targets()));
        }
        return found.isEmpty()
                ? new Unresolved("the model " + name + " has no targets")
                : new Resolved(new Route(name, found));
    }

    private Resolution resolveTarget(String name) {
        int slash = name.indexOf('/');
        ProviderSettings holder = slash < 0 ? null : providers.get(name.substring(0, slash));
        if (holder != null) {
            String model = name.substring(slash + 1);
            if (lists(holder, model) || (takesAny(holder) && !model.isBlank())) {
                return new Resolved(Route.to(target(holder, model)));
            }
        }
        return resolveBare(name);
    }

    /** The configuration's own models, then those that are known by name at enabled providers, in the order of names. */
    public List<Route> models() {
        var own = named.keySet().stream().flatMap(name -> resolve(name).route().stream());
        var held = providers.values().stream()
                .filter(ProviderSettings::enabled)
                .flatMap(provider -> names(provider).stream().map(model -> Route.to(target(provider, model))));
        return Stream.concat(own, held).toList();
    }

    /** The target named {@code provider/model}, also of a disabled provider. */
    Optional<ModelTarget> target(String name) {
        return resolveTarget(name)
                .route()
                .map(Route::first)
                .filter(found -> found.name().equals(name));
    }

    /** Whether the target's provider lists it by its name. */
    boolean lists(ModelTarget target) {
        ProviderSettings provider = providers.get(target.provider());
        return provider != null && lists(provider, target.model());
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
            return new Resolved(Route.to(target(holders.get(0), name)));
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
