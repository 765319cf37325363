package dev.baton.gateway.cluster;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.CborSerializable;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the nodes of a cluster tell each other for operators. */
class ClusterMessagesTest {
    private static final ActorTestKit KIT = ActorTestKit.create("ClusterMessagesTest");

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
        TestProbe<NodeReport> replyTo = KIT.createTestProbe();
        var node = new NodeId("akka://baton@127.0.0.1:25520#1");
        Instant since = Instant.parse("2026-01-01T00:00:00Z");
        return Stream.of(
                new NodeReporter.Ask(replyTo.ref()),
                new NodeReport(node, "http://127.0.0.1:1", "1", since, true, new NodeReport.Counts(1, 2, 3, 4, 5)),
                new NodeReport(node, "http://127.0.0.1:1", "1", since, false, null));
    }
}
