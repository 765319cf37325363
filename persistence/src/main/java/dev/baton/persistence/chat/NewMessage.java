package dev.baton.persistence.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user message as sent. {@code model}: the chat's model from this message on; absent = as it is. */
public record NewMessage(
        List<Part> content,
        @Nullable String model,
        @Nullable String clientMessageId) {
    public NewMessage {
        content = List.copyOf(content);
    }
}
