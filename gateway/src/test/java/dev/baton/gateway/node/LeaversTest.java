package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.SerializationTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three nodes in one process. */
class LeaversTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private record Node(ActorTestKit kit, NodeId id, Placement placement, ActorRef<Leavers.Command> leavers) {}

    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(node -> node.kit().shutdownTestKit());
    }

    @Test
    void leaversGiveTheirChatsToThoseWhoStay() {
        start(3);
        leave(0);
        awaitSuccessors(0, Set.of(id(1), id(2)));
        assertThat(nodes.get(1).placement().of(chat(1))).contains(id(1));
    }

    @Test
    void twoLeaversGiveNothingToEachOther() {
        start(3);
        leave(0);
        leave(1);
        awaitSuccessors(0, Set.of(id(2)));
        awaitSuccessors(1, Set.of(id(2)));
    }

    @Test
    void theLastOfThemHasNobodyToGiveItsChatsTo() {
        start(2);
        leave(0);
        leave(1);
        awaitSuccessors(0, Set.of());
        awaitSuccessors(1, Set.of());
    }

    @Test
    void itsMessagesCrossNodes() {
        start(1);
        SerializationTestKit serialization = nodes.get(0).kit().serializationTestKit();
        TestProbe<Leavers.Command> probe = nodes.get(0).kit().createTestProbe();
        serialization.verifySerialization(new Leavers.Leaving(id(0), probe.ref()), true);
        serialization.verifySerialization(new Leavers.Heard(id(0)), true);
    }

    private void leave(int number) {
        Node node = nodes.get(number);
        Placement.leave(node.leavers(), node.kit().system())
                .toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private void awaitSuccessors(int number, Set<NodeId> expected) {
        nodes.get(number).kit().createTestProbe().awaitAssert(LIMIT, () -> {
            assertThat(successors(number)).isEqualTo(expected);
            return expected;
        });
    }

    private Set<NodeId> successors(int number) {
        Set<NodeId> all = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            nodes.get(number).placement().of(chat(i)).ifPresent(all::add);
        }
        return all;
    }

    private NodeId id(int number) {
        return nodes.get(number).id();
    }

    private static ChatId chat(int number) {
        return new ChatId(new UUID(7, number));
    }

    /** Returns when each knows all others. */
    private void start(int count) {
        for (int i = 0; i < count; i++) {
            nodes.add(node());
        }
        var seed = Cluster.get(nodes.get(0).kit().system()).selfMember().address();
        for (Node node : nodes) {
            Cluster.get(node.kit().system()).manager().tell(new Join(seed));
        }
        for (Node node : nodes) {
            node.kit().createTestProbe().awaitAssert(LIMIT, () -> {
                assertThat(node.placement().others()).hasSize(count - 1);
                return node;
            });
        }
    }

    private static Node node() {
        ActorTestKit kit =
                ActorTestKit.create("leavers", ConfigFactory.parseString("""
                                akka.actor.provider = cluster
                                akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                                akka.cluster.jmx.enabled = off
                                akka.cluster.leader-actions-interval = 100ms
                                akka.cluster.gossip-interval = 100ms
                                akka.cluster.periodic-tasks-initial-delay = 100ms
                                """).withFallback(ConfigFactory.load()));
        NodeId id = Membership.self(kit.system());
        var placement = new Placement(id);
        return new Node(kit, id, placement, Placement.follow(kit.system(), placement));
    }
}
