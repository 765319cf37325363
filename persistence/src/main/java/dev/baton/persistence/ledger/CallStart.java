package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.NodeId;
import java.time.Instant;
import java.util.List;

/** A call that is about to be made. {@code node}: the life of the node that makes it. */
public record CallStart(CallId id, Asker asker, Target target, NodeId node, Instant at, List<CallRecord> records) {
    public CallStart {
        records = List.copyOf(records);
    }
}
