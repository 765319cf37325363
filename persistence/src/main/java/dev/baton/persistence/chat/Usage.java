package dev.baton.persistence.chat;

/**
 * Tokens that a step cost. {@code cachedTokens}, read from the provider's cache, and {@code cacheWriteTokens}, written to
 * it, are part of the input, {@code reasoningTokens} of the output.
 */
public record Usage(
        long inputTokens, long outputTokens, long cachedTokens, long reasoningTokens, long cacheWriteTokens) {
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    /** Where nothing was written to a cache. */
    public Usage(long inputTokens, long outputTokens, long cachedTokens, long reasoningTokens) {
        this(inputTokens, outputTokens, cachedTokens, reasoningTokens, 0);
    }

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cachedTokens + other.cachedTokens,
                reasoningTokens + other.reasoningTokens,
                cacheWriteTokens + other.cacheWriteTokens);
    }
}
