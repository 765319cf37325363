package dev.baton.gateway.bridge.limit;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.SerializationTestKit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LimitMessagesTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void messagesSurviveTheWayBetweenNodes() {
        SerializationTestKit wire = KIT.serializationTestKit();
        var answers = KIT.<OwnerGate.Answer>createTestProbe();
        wire.verifySerialization(new OwnerGate.Enter("lease", answers.ref()), /* assertEquality= */ true);
        wire.verifySerialization(new OwnerGate.Leave("lease"), /* assertEquality= */ true);
        wire.verifySerialization(new OwnerGate.Renew(List.of("lease")), /* assertEquality= */ true);
        wire.verifySerialization(new OwnerGate.Answer(false, 7), /* assertEquality= */ true);
    }
}
