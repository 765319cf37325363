package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.Usage;
import java.math.BigDecimal;

/**
 * What the calls of one group used. {@code running}: those that have not ended, with what they used so far; {@code unknown}:
 * those that have and whose provider told nothing.
 */
public record UsageSum(
        String group, String currency, long calls, long running, long unknown, Usage usage, BigDecimal cost) {}
