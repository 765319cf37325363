package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended. {@code target}: who was called in the end; {@code usage}: what was told of it, null when nothing;
 * {@code failureKind} and {@code failureText}: where there was a failure.
 */
public record CallEnd(
        CallId id,
        Outcome outcome,
        @Nullable String failureKind,
        @Nullable String failureText,
        Target target,
        @Nullable Usage usage,
        Instant at,
        List<CallRecord> records) {
    private static final int MOST_TEXT = 1_000;

    public CallEnd {
        records = List.copyOf(records);
        failureText = failureText == null ? null : CallRecord.cut(failureText, MOST_TEXT);
    }

    /** What it cost, as it will always be. */
    public BigDecimal cost() {
        return usage == null ? BigDecimal.ZERO : target.cost(usage);
    }
}
