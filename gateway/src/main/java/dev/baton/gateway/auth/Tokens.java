package dev.baton.gateway.auth;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.token.ApiToken;
import dev.baton.persistence.token.TokenPage;
import dev.baton.persistence.token.TokenTable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens that operators make and revoke. Never blocks. */
public final class Tokens {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private final TokenTable table;
    private final Questions operators;
    private final KnownTokens known;
    private final TokenUses uses;
    private final TokenEnds ends;
    private final Function<UUID, CompletionStage<List<String>>> everywhere;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Supplier<byte[]> random;

    /** {@code everywhere}: tells all nodes of a revocation; the answer is those that have not confirmed it. */
    Tokens(
            TokenTable table,
            Questions strangers,
            Questions operators,
            int cached,
            TokenEnds ends,
            Function<UUID, CompletionStage<List<String>>> everywhere,
            Clock clock,
            Supplier<UUID> ids,
            Supplier<byte[]> random) {
        this.table = table;
        this.operators = operators;
        this.known = new KnownTokens(cached, hash -> strangers.ask(() -> table.find(hash)), ends);
        this.uses = new TokenUses(cached);
        this.ends = ends;
        this.everywhere = everywhere;
        this.clock = clock;
        this.ids = ids;
        this.random = random;
    }

    /** A wish for a token. */
    public record NewToken(
            String name, Role role, String owner, @Nullable Instant expires) {}

    /** A new token, and, once and never again, its text. */
    public record Made(ApiToken token, String text) {
        @Override
        public String toString() {
            return token.toString();
        }
    }

    /** A token that is none any more; {@code unconfirmed}: nodes that did not say that they know. */
    public record Revoked(ApiToken token, List<String> unconfirmed) {
        public Revoked {
            unconfirmed = List.copyOf(unconfirmed);
        }
    }

    public CompletionStage<Made> create(NewToken wish, Caller by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String text = TokenText.of(random.get());
        var token = new ApiToken(
                ids.get(), wish.name(), wish.role().name(), wish.owner(), by.owner(), now, wish.expires(), null, null);
        return operators.ask(() -> {
            table.insert(token, TokenText.hash(text));
            LOG.info("token {}: made for {} ({}) by {}", token.id(), token.owner(), token.role(), by.owner());
            return new Made(token, text);
        });
    }

    public CompletionStage<TokenPage> list(Optional<String> cursor, int count) {
        return operators.ask(() -> table.page(cursor, count));
    }

    /** Returns when all nodes that can be reached know it; empty when there is no such token. Harmless again. */
    public CompletionStage<Optional<Revoked>> revoke(UUID id, Caller by) {
        return operators
                .ask(() -> table.revoke(id))
                .thenCompose(token -> token.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : told(token.get(), by).thenApply(Optional::of));
    }

    private CompletionStage<Revoked> told(ApiToken token, Caller by) {
        LOG.info("token {}: revoked by {}", token.id(), by.owner());
        heard(token.id());
        return everywhere.apply(token.id()).thenApply(unconfirmed -> new Revoked(token, unconfirmed));
    }

    /** The token is revoked, from whomever that is known. */
    void heard(UUID id) {
        ends.revoke(id.toString());
        known.forget(id);
    }

    TokenUses uses() {
        return uses;
    }

    TokenTable table() {
        return table;
    }

    Questions questions() {
        return operators;
    }

    /** Who presents the token with this hash; refuses one that is nobody's, or is none any more. */
    CompletionStage<Caller> caller(String hash) {
        return known.find(hash).thenApply(found -> {
            ApiToken token = found.orElseThrow(() -> refused("this token is not known here"));
            String id = token.id().toString();
            if (token.revokedAt() != null || ends.isRevoked(id)) {
                throw refused("this token was revoked");
            }
            Instant now = clock.instant();
            if (token.expiresAt() != null && !now.isBefore(token.expiresAt())) {
                throw refused("this token has expired");
            }
            uses.used(token.id(), now);
            return new Caller(token.owner(), Role.valueOf(token.role()), id, token.expiresAt());
        });
    }

    static ChatException refused(String detail) {
        return new ChatException(ErrorCode.UNAUTHENTICATED, detail);
    }
}
