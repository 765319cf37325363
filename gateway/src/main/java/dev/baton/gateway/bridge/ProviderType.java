package dev.baton.gateway.bridge;

import dev.baton.runner.model.TakeoverMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The dialects that the bridge speaks. */
public enum ProviderType {
    /** Deterministic text without network. */
    SIMULATED,
    /** Chat Completions. It keeps no answers, so nothing can be reattached to. */
    OPENAI;

    /** The ways in which the dialect lets an answer be gone on with. */
    Set<TakeoverMode> takeover() {
        return switch (this) {
            case SIMULATED, OPENAI -> Set.of(TakeoverMode.CONTINUE, TakeoverMode.RESTART);
        };
    }

    static Optional<ProviderType> parse(String text) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equals(text))
                .findFirst();
    }

    static String known() {
        return Arrays.stream(values()).map(ProviderType::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
