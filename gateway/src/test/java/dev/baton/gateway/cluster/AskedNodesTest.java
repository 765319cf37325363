package dev.baton.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.Props;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.Subscribe;
import com.typesafe.config.ConfigFactory;
import dev.baton.gateway.cluster.NodeReport.Counts;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.takeover.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AskedNodesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ActorTestKit kit =
            ActorTestKit.create("AskedNodesTest", ConfigFactory.parseString("""
            akka.actor.provider = cluster
            akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            akka.cluster.jmx.multi-mbeans-in-same-jvm = on
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            """).withFallback(ConfigFactory.load()));
    private final Cluster cluster = Cluster.get(kit.system());
    private final NodeId self = Members.nodeOf(cluster.selfMember().uniqueAddress());
    private final TestProbe<MemberEvent> events = kit.createTestProbe();
    private final AskedNodes nodes = new AskedNodes(kit.system());

    @BeforeEach
    void join() {
        cluster.subscriptions().tell(Subscribe.create(events.ref(), MemberEvent.class));
        cluster.manager().tell(new Join(cluster.selfMember().address()));
        events.awaitAssert(LIMIT, () -> {
            assertThat(cluster.selfMember().status()).isEqualTo(MemberStatus.up());
            return "";
        });
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void showsWhatANodeSaysOfItself() {
        report(self, CompletableFuture.completedFuture(new Counts(1, 2, 3, 4, 5)));
        NodeView only = only();
        assertThat(only.node()).isEqualTo(self);
        assertThat(only.status()).isEqualTo("up");
        assertThat(only.self() && only.oldest() && only.reachable()).isTrue();
        assertThat(only.report()).isNotNull().satisfies(report -> {
            assertThat(report.counts()).isEqualTo(new Counts(1, 2, 3, 4, 5));
            assertThat(report.sweeper()).isTrue();
        });
    }

    @Test
    void showsANodeThatCannotCount() {
        report(self, CompletableFuture.failedFuture(new IllegalStateException("busy")));
        assertThat(only().report())
                .isNotNull()
                .satisfies(report -> assertThat(report.counts()).isNull());
    }

    @Test
    void doesNotTakeTheWordOfAnotherLife() {
        report(new NodeId(self.address() + "#1"), CompletableFuture.completedFuture(new Counts(1, 2, 3, 4, 5)));
        assertThat(only().report()).isNull();
    }

    @Test
    void knowsANodeByEveryNameThatItHas() {
        Member member = cluster.selfMember();
        int port = member.address().getPort().orElseThrow();
        for (String name : List.of(
                self.value(),
                self.address(),
                "127.0.0.1:" + port,
                Integer.toString(port),
                Long.toUnsignedString(member.uniqueAddress().longUid()))) {
            assertThat(nodes.leave(Optional.of(name)))
                    .as(name)
                    .contains(new ClusterNodes.Leaving(self.value(), self.address()));
        }
        events.fishForMessage(
                LIMIT,
                event -> event.member().status() == MemberStatus.leaving()
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
    }

    @Test
    void leavesNobodyWhoIsNoMember() {
        assertThat(nodes.leave(Optional.of("127.0.0.1:9"))).isEmpty();
        assertThat(nodes.leave(Optional.of(""))).isEmpty();
        assertThat(cluster.selfMember().status()).isEqualTo(MemberStatus.up());
    }

    private NodeView only() {
        List<NodeView> all = nodes.nodes()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private void report(NodeId node, CompletionStage<Counts> counts) {
        var about = new NodeReporter.About(node, "http://127.0.0.1:1", "1", Instant.parse("2026-01-01T00:00:00Z"));
        var unused = kit.system()
                .systemActorOf(NodeReporter.create(about, () -> true, () -> counts), NodeReporter.NAME, Props.empty());
    }
}
