package dev.baton.gateway.bridge;

import dev.baton.gateway.bridge.provider.Dialect;
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
    OPENAI,
    /** OpenAI Responses, which keeps answers that are made in the background. It cannot be given a beginning. */
    OPENAI_RESPONSES,
    /** Anthropic Messages. It keeps no answers; some of its models go on from a beginning. */
    ANTHROPIC;

    /** The ways in which the dialect lets an answer be gone on with. */
    Set<TakeoverMode> takeover() {
        return switch (this) {
            case SIMULATED, OPENAI, ANTHROPIC -> Set.of(TakeoverMode.CONTINUE, TakeoverMode.RESTART);
            case OPENAI_RESPONSES -> Set.of(TakeoverMode.REATTACH, TakeoverMode.RESTART);
        };
    }

    /** In which requests can be passed on to it as they are. */
    Optional<Dialect> dialect() {
        return switch (this) {
            case SIMULATED -> Optional.empty();
            case OPENAI -> Optional.of(Dialect.COMPLETIONS);
            case OPENAI_RESPONSES -> Optional.of(Dialect.RESPONSES);
            case ANTHROPIC -> Optional.of(Dialect.MESSAGES);
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
