package dev.baton.persistence.view;

import java.util.List;
import java.util.Optional;

/** One page of a list; {@code nextCursor} is there when there is more. */
public record ChatPage(List<ChatRow> rows, Optional<String> nextCursor) {
    public ChatPage {
        rows = List.copyOf(rows);
    }
}
