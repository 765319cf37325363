package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.Usage;
import java.math.BigDecimal;

/**
 * What a model costs, per million tokens, in the ledger's currency. {@code cached}: input that was read from the provider's
 * cache; {@code cacheWrite}: input that was written to it.
 */
public record Price(BigDecimal input, BigDecimal output, BigDecimal cached, BigDecimal cacheWrite) {
    /** A price has so many decimals at most, so that every cost fits into its row exactly. */
    public static final int MOST_DIGITS = 6;

    private static final int MILLION = 6;

    /** A model that does not tell the kinds of input apart. */
    public Price(BigDecimal input, BigDecimal output) {
        this(input, output, input, input);
    }

    /** What {@code usage} costs, exactly. */
    public BigDecimal of(Usage usage) {
        long plain = Math.max(0, usage.inputTokens() - usage.cachedTokens() - usage.cacheWriteTokens());
        return times(input, plain)
                .add(times(cached, usage.cachedTokens()))
                .add(times(cacheWrite, usage.cacheWriteTokens()))
                .add(times(output, usage.outputTokens()))
                .movePointLeft(MILLION);
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }
}
