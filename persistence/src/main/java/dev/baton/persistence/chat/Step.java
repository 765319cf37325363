package dev.baton.persistence.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step to commit. {@code lastSeq}: how many parts were streamed for it; {@code ending}: null when the model had said all.
 */
public record Step(
        Role role,
        List<Part> content,
        @Nullable Usage usage,
        long lastSeq,
        @Nullable Ending ending) {
    public Step {
        content = List.copyOf(content);
    }

    public Step(Role role, List<Part> content, @Nullable Usage usage, long lastSeq) {
        this(role, content, usage, lastSeq, null);
    }
}
