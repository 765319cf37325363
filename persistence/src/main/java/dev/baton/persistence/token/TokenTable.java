package dev.baton.persistence.token;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All tokens that were ever made. Every method blocks. */
public interface TokenTable {

    void insert(ApiToken token, String hash);

    /** The token with this hash, revoked and expired ones too. */
    Optional<ApiToken> find(String hash);

    /** Tokens, the newest first, after {@code cursor} where one is given. */
    TokenPage page(Optional<String> cursor, int count);

    /** The token as it is then; empty when there is none. One that was revoked stays as it was. */
    Optional<ApiToken> revoke(UUID id);

    /** All that were revoked after {@code since}, some from shortly before perhaps; none without {@code since}. */
    RevokedTokens revokedSince(@Nullable Instant since);

    /** When which tokens were used last; what is older than what is known changes nothing. */
    void used(Map<UUID, Instant> uses);
}
