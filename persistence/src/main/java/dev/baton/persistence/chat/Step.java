package dev.baton.persistence.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step to commit. {@code lastSeq}: how many parts were streamed for it. */
public record Step(Role role, List<Part> content, @Nullable Usage usage, long lastSeq) {
    public Step {
        content = List.copyOf(content);
    }
}
