package dev.baton.persistence.token;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Which tokens were revoked; {@code upTo}: when that was read, by the database's clock. */
public record RevokedTokens(Set<UUID> ids, Instant upTo) {

    public RevokedTokens {
        ids = Set.copyOf(ids);
    }
}
