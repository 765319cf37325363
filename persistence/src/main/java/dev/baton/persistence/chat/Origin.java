package dev.baton.persistence.chat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a chat was made with and keeps for ever. {@code requestKey}: the idempotency key of the request that made it. */
public record Origin(
        String owner,
        @Nullable String systemPrompt,
        List<ClientTool> tools,
        Instant createdAt,
        @Nullable String requestKey) {
    static final Origin NONE = new Origin("", null, List.of(), Instant.EPOCH, null);

    public Origin {
        tools = List.copyOf(tools);
    }
}
