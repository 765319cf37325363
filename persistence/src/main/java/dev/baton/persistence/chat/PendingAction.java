package dev.baton.persistence.chat;

import java.time.Instant;
import java.util.List;

/** The client-side calls that a turn waits for. {@code deadline} is in the database's time. */
public record PendingAction(List<Part.ToolCall> calls, Instant deadline) {
    public PendingAction {
        calls = List.copyOf(calls);
    }
}
