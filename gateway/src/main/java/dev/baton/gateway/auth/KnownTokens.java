package dev.baton.gateway.auth;

import dev.baton.persistence.token.ApiToken;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What was read of tokens, so that a request costs no question to the database. Bounded: the tokens that were not asked for
 * longest are forgotten first. Those that do not exist are kept apart, so that inventing some drives out none that do.
 *
 * <p>One question for each token is under way at a time. Safe from any thread.
 */
final class KnownTokens {
    private static final int NOBODYS = 1_000;

    private final Function<String, CompletionStage<Optional<ApiToken>>> reads;
    private final TokenEnds ends;
    private final Map<String, ApiToken> known;
    private final Map<String, Boolean> nobodys = bounded(NOBODYS);
    private final Map<String, CompletableFuture<Optional<ApiToken>>> asked = new HashMap<>();

    /** {@code reads}: the token with a hash, from the database. */
    KnownTokens(int bound, Function<String, CompletionStage<Optional<ApiToken>>> reads, TokenEnds ends) {
        this.known = bounded(bound);
        this.reads = reads;
        this.ends = ends;
    }

    private static <T> Map<String, T> bounded(int bound) {
        return new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > bound;
            }
        };
    }

    /** The token with this hash, revoked and expired ones too. */
    CompletionStage<Optional<ApiToken>> find(String hash) {
        CompletableFuture<Optional<ApiToken>> answer;
        synchronized (this) {
            ApiToken token = known.get(hash);
            if (token != null || nobodys.containsKey(hash)) {
                return CompletableFuture.completedFuture(Optional.ofNullable(token));
            }
            CompletableFuture<Optional<ApiToken>> underWay = asked.get(hash);
            if (underWay != null) {
                return underWay;
            }
            answer = new CompletableFuture<>();
            asked.put(hash, answer);
        }
        reads.apply(hash).whenComplete((found, failure) -> {
            if (failure == null) {
                read(hash, found);
                answer.complete(found);
            } else {
                forgetQuestion(hash);
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    /** A token that was revoked while it was read may have been read as it was before. */
    private synchronized void read(String hash, Optional<ApiToken> found) {
        asked.remove(hash);
        if (found.isEmpty()) {
            nobodys.put(hash, true);
        } else if (found.get().revokedAt() != null
                || !ends.isRevoked(found.get().id().toString())) {
            known.put(hash, found.get());
        }
    }

    private synchronized void forgetQuestion(String hash) {
        asked.remove(hash);
    }

    /** It is read again when it is asked for. */
    synchronized void forget(UUID token) {
        known.values().removeIf(one -> one.id().equals(token));
    }
}
