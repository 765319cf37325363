package dev.baton.gateway.node.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.Member;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.baton.gateway.node.death.LifeCheck.Verdict;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.membership.NodeState;
import dev.baton.persistence.membership.Presence;
import dev.baton.runner.takeover.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes in one process that look for their cluster at the same moment. */
class FormationTest {
    private static final int NODES = 5;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final MembershipSettings SETTINGS =
            new MembershipSettings(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(30));
    private static final Config CONFIG = ConfigFactory.parseString("""
            akka { actor.provider = cluster, loglevel = OFF, stdout-loglevel = OFF }
            akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            akka.cluster { seed-node-timeout = 1s, retry-unsuccessful-join-after = 1s, jmx.enabled = off
              gossip-interval = 100ms, leader-actions-interval = 100ms, periodic-tasks-initial-delay = 100ms }
            """).withFallback(ConfigFactory.load());

    private final SharedTable table = new SharedTable();
    private final List<ActorSystem<?>> systems = new ArrayList<>();
    private final Set<NodeId> lives = new HashSet<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        systems.forEach(ActorSystem::terminate);
        for (ActorSystem<?> system : systems) {
            system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nodesThatStartTogetherBecomeOneClusterDespiteTheRowsOfTheDead() {
        NodeId dead = NodeId.of("akka://baton@127.0.0.1:1", "1");
        table.register(new Presence(dead, 1, NodeState.UP, Optional.empty()));
        table.form(dead, 0);

        for (int i = 0; i < NODES; i++) {
            ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "baton", CONFIG);
            systems.add(system);
            lives.add(self(system));
        }
        var start = new CyclicBarrier(NODES);
        List<CompletableFuture<Void>> joins = systems.stream()
                .map(system -> CompletableFuture.runAsync(() -> join(system, start), threads))
                .toList();
        joins.forEach(
                join -> join.orTimeout(2 * LIMIT.toSeconds(), TimeUnit.SECONDS).join());

        assertThat(table.read().formation()).isEqualTo(2);
        assertThat(table.read().rows()).extracting(row -> row.node()).containsExactlyInAnyOrderElementsOf(lives);
        Member leader = StreamSupport.stream(
                        Cluster.get(systems.get(0)).state().getMembers().spliterator(), false)
                .findFirst()
                .orElseThrow();
        assertThat(systems)
                .allSatisfy(system ->
                        assertThat(Cluster.get(system).state().getMembers()).contains(leader));
    }

    @Test
    void aNodeWaitsForADatabaseThatIsAwayAndSaysSoWhenItStaysAway() {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "baton", CONFIG);
        systems.add(system);
        var registration = new Registration(table, new Presence(self(system), 1, NodeState.JOINING, Optional.empty()));
        var formation = new Formation(system, registration, (life, port) -> Verdict.DEAD, SETTINGS);

        table.fail(Integer.MAX_VALUE);
        assertThatThrownBy(() -> formation.join(new CompletableFuture<>(), Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the node did not become a member of its cluster within PT0.001S:"
                        + " cannot read the nodes: away");
        table.fail(1);
        join(system, new CyclicBarrier(1));
        assertThat(table.read().formation()).isEqualTo(1);
    }

    private void join(ActorSystem<?> system, CyclicBarrier start) {
        var up = new CompletableFuture<Void>();
        var watcher = system.systemActorOf(
                Behaviors.<SelfUp>receiveMessage(self -> {
                    up.complete(null);
                    return Behaviors.stopped();
                }),
                "self-up",
                Props.empty());
        Cluster.get(system).subscriptions().tell(new Subscribe<>(watcher, SelfUp.class));
        var self = new Presence(self(system), 1, NodeState.JOINING, Optional.empty());
        var registration = new Registration(table, self);
        Formation.LifeChecks checks = (life, port) -> lives.contains(life) ? Verdict.LIVES : Verdict.DEAD;
        try {
            start.await(30, TimeUnit.SECONDS);
            new Formation(system, registration, checks, SETTINGS).join(up, LIMIT);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static NodeId self(ActorSystem<?> system) {
        return Members.nodeOf(Cluster.get(system).selfMember().uniqueAddress());
    }
}
