package dev.baton.persistence.token;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token, without what makes it one.
 *
 * @param owner whose chats it opens
 * @param createdBy the owner in whose name it was made
 * @param lastUsedAt to the minute or so; null when it was not used yet
 */
public record ApiToken(
        UUID id,
        String name,
        String role,
        String owner,
        String createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {}
