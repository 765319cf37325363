package dev.baton.persistence.chat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A committed message. {@code version}: the chat's version that brought it; {@code interrupted}: it is the part of an
 * answer that was there when it was cut off; {@code clientMessageId}: the sender's own name for it; {@code ending}: null when
 * a model had said all.
 */
public record Message(
        MessageId id,
        Role role,
        List<Part> content,
        long version,
        Instant createdAt,
        boolean interrupted,
        @Nullable Usage usage,
        @Nullable String clientMessageId,
        @Nullable Ending ending) {
    public Message {
        content = List.copyOf(content);
    }

    public Message(
            MessageId id,
            Role role,
            List<Part> content,
            long version,
            Instant createdAt,
            boolean interrupted,
            @Nullable Usage usage,
            @Nullable String clientMessageId) {
        this(id, role, content, version, createdAt, interrupted, usage, clientMessageId, null);
    }

    Message endedBy(@Nullable Ending why) {
        return new Message(id, role, content, version, createdAt, interrupted, usage, clientMessageId, why);
    }
}
