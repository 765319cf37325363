package dev.baton.persistence.budget;

import java.math.BigDecimal;

/** Money in the ledger's currency, and tokens. */
public record Amount(BigDecimal cost, long tokens) {
    public static final Amount NOTHING = new Amount(BigDecimal.ZERO, 0);

    public Amount plus(Amount other) {
        return new Amount(cost.add(other.cost), tokens + other.tokens);
    }
}
