package dev.baton.gateway.auth;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import dev.baton.persistence.journal.CborSerializable;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nodes tell each other of tokens. */
class TokenMessagesTest {
    private static final ActorTestKit KIT = ActorTestKit.create("TokenMessagesTest");

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messagesCrossNodes(CborSerializable message) {
        KIT.serializationTestKit().verifySerialization(message, true);
    }

    static Stream<CborSerializable> messages() {
        TestProbe<TokenNews.Heard> replyTo = KIT.createTestProbe();
        return Stream.of(new TokenNews.Revoked(new UUID(1, 2), replyTo.ref()), new TokenNews.Heard(new UUID(1, 2)));
    }
}
