package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenNewsTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final MemoryTokenTable table = new MemoryTokenTable();
    private final Auth auth = TestAuth.of(kit.system(), table, false);
    private final Tokens tokens = auth.tokens();
    private final Tokens.Made made = tokens.create(new Tokens.NewToken("laptop", Role.USER, "ada", null), Caller.LOCAL)
            .toCompletableFuture()
            .join();
    private final UUID id = made.token().id();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void endsATokenThatAnotherNodeHasRevoked() {
        ActorRef<TokenNews.Command> news = news();
        assertThat(outcome()).isEqualTo("ada");
        var replies = kit.<TokenNews.Heard>createTestProbe();
        table.revoke(id);
        news.tell(new TokenNews.Revoked(id, replies.ref()));
        assertThat(replies.receiveMessage()).isEqualTo(new TokenNews.Heard(id));
        assertThat(outcome()).contains("revoked");
    }

    @Test
    void findsInTheDatabaseWhatItDidNotHear() {
        assertThat(outcome()).isEqualTo("ada");
        table.revoke(id);
        ActorRef<TokenNews.Command> news = news();
        var ended = kit.<TokenEnds.Ending>createTestProbe();
        Runnable unused = auth.ends().watch(new Caller("ada", Role.USER, id.toString(), null), ended.ref()::tell);
        news.tell(new TokenNews.LookNow());
        assertThat(ended.receiveMessage()).isEqualTo(TokenEnds.Ending.REVOKED);
        assertThat(outcome()).contains("revoked");
    }

    @Test
    void goesOnAfterTheDatabaseWasAway() {
        table.failure = new IllegalStateException("away");
        ActorRef<TokenNews.Command> news = news();
        news.tell(new TokenNews.LookNow());
        table.failure = null;
        findsInTheDatabaseWhatItDidNotHear();
    }

    @Test
    void writesWhenTokensWereUsed() {
        assertThat(outcome()).isEqualTo("ada");
        assertThat(table.uses).isEmpty();
        auth.close().toCompletableFuture().join();
        assertThat(table.uses).containsEntry(id, MemoryTokenTable.NOW);
    }

    private ActorRef<TokenNews.Command> news() {
        return kit.spawn(TokenNews.create(tokens, TestAuth.settings(false, Optional.empty())));
    }

    /** The owner who presents the token, or why nobody does. */
    private String outcome() {
        try {
            return tokens.caller(TokenText.hash(made.text()))
                    .toCompletableFuture()
                    .join()
                    .owner();
        } catch (CompletionException refused) {
            return Objects.requireNonNull((ChatException) refused.getCause()).text();
        }
    }
}
