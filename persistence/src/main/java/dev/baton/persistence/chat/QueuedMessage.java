package dev.baton.persistence.chat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user message that waits for its turn. {@code steer}: it joins the running turn at the next step boundary. */
public record QueuedMessage(
        QueueId id,
        List<Part> content,
        @Nullable String model,
        boolean steer,
        @Nullable String clientMessageId,
        Instant createdAt) {
    public QueuedMessage {
        content = List.copyOf(content);
    }
}
