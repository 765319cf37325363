package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Status;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chat as lists show it and as the sweep needs it. {@code hasWork}: a runner has something to do; {@code runner}: the
 * node that does it, or last did, in {@code epoch}.
 */
public record ChatRow(
        ChatId id,
        String owner,
        String title,
        String model,
        Status status,
        boolean archived,
        boolean pinned,
        Map<String, String> labels,
        int queuedMessages,
        long version,
        long epoch,
        @Nullable NodeId runner,
        @Nullable LastError lastError,
        boolean hasWork,
        Instant createdAt,
        Instant updatedAt) {

    public ChatRow {
        labels = Map.copyOf(labels);
    }

    public static ChatRow of(ChatState state) {
        Failure failure = state.failure();
        return new ChatRow(
                state.id(),
                state.origin().owner(),
                state.details().title(),
                state.model(),
                state.status(),
                state.archived(),
                state.details().pinned(),
                state.details().labels(),
                state.queue().messages().size(),
                state.version(),
                state.hold().epoch(),
                state.hold().node(),
                failure == null ? null : new LastError(failure.kind(), failure.message()),
                state.status().hasWork() && !state.archived(),
                state.origin().createdAt(),
                state.updatedAt());
    }
}
