package dev.baton.gateway.bridge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The dialects that the bridge speaks. */
public enum ProviderType {
    /** Deterministic text without network. */
    SIMULATED,
    /** Chat Completions. */
    OPENAI;

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
