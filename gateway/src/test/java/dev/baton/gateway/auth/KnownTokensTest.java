package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.persistence.token.ApiToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KnownTokensTest {
    private final Map<String, CompletableFuture<Optional<ApiToken>>> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final TokenEnds ends = TestAuth.endless();
    private final KnownTokens known = new KnownTokens(
            2,
            hash -> {
                asked.add(hash);
                return answers.computeIfAbsent(hash, any -> new CompletableFuture<>());
            },
            ends);

    @Test
    void readsATokenOnce() {
        var first = known.find("h1").toCompletableFuture();
        var second = known.find("h1").toCompletableFuture();
        answer("h1", token(1));
        assertThat(first.join()).hasValue(token(1));
        assertThat(second.join()).hasValue(token(1));
        assertThat(find("h1")).hasValue(token(1));
        assertThat(asked).containsExactly("h1");
    }

    @Test
    void remembersWhatIsNobodysAndStillAllThatIsSomebodys() {
        answer("h1", token(1));
        assertThat(find("h1")).isPresent();
        for (int i = 0; i < 100; i++) {
            answers.put("n" + i, CompletableFuture.completedFuture(Optional.empty()));
            assertThat(find("n" + i)).isEmpty();
            assertThat(find("n" + i)).isEmpty();
        }
        assertThat(find("h1")).isPresent();
        assertThat(asked).hasSize(101);
    }

    @Test
    void forgetsWhatWasNotAskedForLongest() {
        for (int i = 1; i <= 3; i++) {
            answer("h" + i, token(i));
            assertThat(find("h" + i)).isPresent();
        }
        assertThat(find("h3")).isPresent();
        assertThat(find("h1")).isPresent();
        assertThat(asked).containsExactly("h1", "h2", "h3", "h1");
    }

    @Test
    void asksAgainAfterAFailure() {
        var first = known.find("h1").toCompletableFuture();
        Objects.requireNonNull(answers.remove("h1")).completeExceptionally(new IllegalStateException("away"));
        assertThatThrownBy(first::join).hasMessageContaining("away");
        answer("h1", token(1));
        assertThat(find("h1")).isPresent();
    }

    @Test
    void keepsNothingThatWasReadBeforeItsRevocation() {
        var before = known.find("h1").toCompletableFuture();
        ends.revoke(token(1).id().toString());
        known.forget(token(1).id());
        answer("h1", token(1));
        assertThat(before.join()).isPresent();
        assertThat(find("h1")).isPresent();
        assertThat(asked).containsExactly("h1", "h1");
    }

    private Optional<ApiToken> find(String hash) {
        return known.find(hash).toCompletableFuture().join();
    }

    private void answer(String hash, ApiToken token) {
        answers.computeIfAbsent(hash, any -> new CompletableFuture<>()).complete(Optional.of(token));
    }

    private static ApiToken token(int number) {
        return new ApiToken(new UUID(0, number), "n", "USER", "ada", "local", MemoryTokenTable.NOW, null, null, null);
    }
}
