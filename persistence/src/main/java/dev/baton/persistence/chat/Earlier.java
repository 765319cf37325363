package dev.baton.persistence.chat;

import java.util.List;

/** A message that was said before there was a chat, elsewhere. */
public record Earlier(Role role, List<Part> content) {
    public Earlier {
        content = List.copyOf(content);
    }
}
