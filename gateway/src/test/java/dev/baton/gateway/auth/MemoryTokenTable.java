package dev.baton.gateway.auth;

import dev.baton.persistence.token.ApiToken;
import dev.baton.persistence.token.RevokedTokens;
import dev.baton.persistence.token.TokenPage;
import dev.baton.persistence.token.TokenTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tokens in memory; counts what it is asked. {@code failure}: what it throws instead of an answer. */
public final class MemoryTokenTable implements TokenTable {
    public static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Map<String, ApiToken> byHash = new LinkedHashMap<>();
    private final Set<UUID> revoked = new HashSet<>();
    final Map<UUID, Instant> uses = new HashMap<>();
    int finds;

    @Nullable
    RuntimeException failure;

    @Override
    public synchronized void insert(ApiToken token, String hash) {
        byHash.put(hash, token);
    }

    @Override
    public synchronized Optional<ApiToken> find(String hash) {
        finds++;
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(byHash.get(hash));
    }

    @Override
    public synchronized TokenPage page(Optional<String> cursor, int count) {
        List<ApiToken> all = new ArrayList<>(byHash.values());
        int from = cursor.map(Integer::parseInt).orElse(0);
        int to = Math.min(all.size(), from + count);
        return new TokenPage(
                all.subList(from, to), to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    @Override
    public synchronized Optional<ApiToken> revoke(UUID id) {
        byHash.replaceAll((hash, token) -> token.id().equals(id) && token.revokedAt() == null ? ended(token) : token);
        Optional<ApiToken> found =
                byHash.values().stream().filter(token -> token.id().equals(id)).findFirst();
        found.ifPresent(token -> revoked.add(id));
        return found;
    }

    private static ApiToken ended(ApiToken token) {
        return new ApiToken(
                token.id(),
                token.name(),
                token.role(),
                token.owner(),
                token.createdBy(),
                token.createdAt(),
                token.expiresAt(),
                NOW,
                token.lastUsedAt());
    }

    @Override
    public synchronized RevokedTokens revokedSince(@Nullable Instant since) {
        if (failure != null) {
            throw failure;
        }
        return new RevokedTokens(since == null ? Set.of() : revoked, NOW);
    }

    @Override
    public synchronized void used(Map<UUID, Instant> some) {
        uses.putAll(some);
    }
}
