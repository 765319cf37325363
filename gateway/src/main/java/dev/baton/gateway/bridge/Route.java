package dev.baton.gateway.bridge;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a model's name leads to. {@code targets}: never empty; each but the first is for when those before it fail. */
public record Route(String name, List<ModelTarget> targets) {
    public Route {
        targets = List.copyOf(targets);
    }

    static Route to(ModelTarget target) {
        return new Route(target.name(), List.of(target));
    }

    public ModelTarget first() {
        return targets.get(0);
    }

    /** The tokens that each of the targets can read; null when that is unknown of one. */
    public @Nullable Integer context() {
        Stream<@Nullable Integer> contexts =
                targets.stream().map(target -> target.settings().context());
        List<@Nullable Integer> known = contexts.toList();
        return known.stream().anyMatch(Objects::isNull)
                ? null
                : known.stream().filter(Objects::nonNull).min(Integer::compare).orElse(null);
    }
}
