package dev.baton.persistence.budget;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What may be spent in one window; null where there is no limit. */
public record Limit(@Nullable BigDecimal cost, @Nullable Long tokens) {

    /** Whether {@code amount} is within it. */
    boolean allows(Amount amount) {
        return (cost == null || amount.cost().compareTo(cost) <= 0) && (tokens == null || amount.tokens() <= tokens);
    }
}
