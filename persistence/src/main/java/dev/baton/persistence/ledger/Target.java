package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Who is called: {@code model} as it was asked for, {@code name} as {@code provider} knows it; without a price it is free. */
public record Target(
        String model,
        String provider,
        String name,
        @Nullable Price price) {

    BigDecimal cost(Usage usage) {
        return price == null ? BigDecimal.ZERO : price.of(usage);
    }
}
