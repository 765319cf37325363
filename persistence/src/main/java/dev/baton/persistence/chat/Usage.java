package dev.baton.persistence.chat;

/** Tokens that a step cost. {@code cachedTokens} are part of the input, {@code reasoningTokens} of the output. */
public record Usage(long inputTokens, long outputTokens, long cachedTokens, long reasoningTokens) {
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cachedTokens + other.cachedTokens,
                reasoningTokens + other.reasoningTokens);
    }
}
