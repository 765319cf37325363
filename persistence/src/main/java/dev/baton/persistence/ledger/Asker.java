package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.ChatId;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. {@code owner} pays; {@code token}: the one that was presented, null for runners; {@code door}: how the call came;
 * {@code attempt}: there for runners.
 */
public record Asker(
        String owner,
        @Nullable String token,
        String door,
        @Nullable ChatId chat,
        @Nullable CallAttempt attempt) {
    /** The door of runners. */
    public static final String CHAT = "chat";
}
