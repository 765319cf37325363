package dev.baton.persistence.ledger;

import java.util.List;

/** A call and what was recorded of what was asked and said. */
public record CallDetail(CallRow call, List<CallRecord> records) {
    public CallDetail {
        records = List.copyOf(records);
    }
}
