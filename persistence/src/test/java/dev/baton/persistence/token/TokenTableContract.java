package dev.baton.persistence.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseException;
import dev.baton.persistence.schema.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What both databases keep of tokens. */
abstract class TokenTableContract {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final TestDatabase test = create();
    private final Database database = test.open();
    private final TokenTable tokens = new JdbcTokenTable(database, Duration.ofSeconds(5));

    abstract TestDatabase create();

    @AfterEach
    void drop() {
        test.close();
    }

    @Test
    void findsATokenByItsHash() {
        ApiToken token = token(1, NOON, NOON.plusSeconds(60));
        tokens.insert(token, "h1");
        assertThat(tokens.find("h1")).hasValue(token);
        assertThat(tokens.find("h2")).isEmpty();
    }

    @Test
    void aHashBelongsToOneToken() {
        tokens.insert(token(1, NOON, null), "h1");
        assertThatThrownBy(() -> tokens.insert(token(2, NOON, null), "h1")).isInstanceOf(DatabaseException.class);
    }

    @Test
    void listsAPageAtATimeTheNewestFirst() {
        for (int i = 1; i <= 5; i++) {
            tokens.insert(token(i, NOON.plusSeconds(i / 2), null), "h" + i);
        }
        var seen = new ArrayList<UUID>();
        Optional<String> cursor = Optional.empty();
        do {
            TokenPage page = tokens.page(cursor, 2);
            page.tokens().forEach(token -> seen.add(token.id()));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        assertThat(seen).isEqualTo(List.of(id(5), id(4), id(3), id(2), id(1)));
        assertThatThrownBy(() -> tokens.page(Optional.of("x"), 2)).isInstanceOf(ChatException.class);
    }

    @Test
    void revokesOnce() {
        tokens.insert(token(1, NOON, null), "h1");
        ApiToken revoked = tokens.revoke(id(1)).orElseThrow();
        assertThat(revoked.revokedAt()).isNotNull();
        assertThat(tokens.revoke(id(1))).hasValue(revoked);
        assertThat(tokens.find("h1")).hasValue(revoked);
        assertThat(tokens.revoke(id(2))).isEmpty();
    }

    @Test
    void tellsWhatWasRevokedSince() {
        tokens.insert(token(1, NOON, null), "h1");
        tokens.insert(token(2, NOON, null), "h2");
        RevokedTokens before = tokens.revokedSince(null);
        assertThat(before.ids()).isEmpty();
        tokens.revoke(id(2));
        assertThat(tokens.revokedSince(before.upTo()).ids()).containsExactly(id(2));
        Instant later = before.upTo().plus(Duration.ofDays(1));
        assertThat(tokens.revokedSince(later).ids()).isEmpty();
    }

    @Test
    void keepsTheLatestUse() {
        tokens.insert(token(1, NOON, null), "h1");
        tokens.insert(token(2, NOON, null), "h2");
        tokens.used(Map.of(id(1), NOON.plusSeconds(60), id(3), NOON));
        tokens.used(Map.of(id(1), NOON, id(2), NOON));
        assertThat(tokens.find("h1").orElseThrow().lastUsedAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(tokens.find("h2").orElseThrow().lastUsedAt()).isEqualTo(NOON);
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }

    private static ApiToken token(int number, Instant createdAt, @Nullable Instant expiresAt) {
        return new ApiToken(id(number), "laptop", "USER", "ada", "local", createdAt, expiresAt, null, null);
    }
}
