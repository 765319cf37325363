package dev.baton.persistence.ledger;

import java.util.List;
import java.util.Optional;

/** Some calls, the newest first, and where to go on. */
public record CallPage(List<CallRow> calls, Optional<String> nextCursor) {
    public CallPage {
        calls = List.copyOf(calls);
    }
}
