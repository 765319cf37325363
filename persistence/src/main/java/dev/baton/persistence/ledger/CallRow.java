package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A call as the ledger has it. {@code usageKnown}: whether the provider told anything of what was used. */
public record CallRow(
        CallId id,
        Asker asker,
        Target target,
        NodeId node,
        Instant startedAt,
        @Nullable Instant endedAt,
        Outcome outcome,
        @Nullable String failureKind,
        @Nullable String failureText,
        boolean usageKnown,
        Usage usage,
        BigDecimal cost,
        String currency) {}
