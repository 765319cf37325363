package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.ClusterEvent.MemberDowned;
import akka.cluster.ClusterEvent.MemberUp;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuickCoordinatorTest {
    private final ActorTestKit kit = ActorTestKit.create("QuickCoordinatorTest", ConfigFactory.parseString("""
            akka.actor.provider = cluster
            akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            """));
    private final TestProbe<Object> coordinator = kit.createTestProbe();
    private final Cluster cluster = Cluster.get(kit.system());

    @BeforeEach
    void join() {
        TestProbe<SelfUp> up = kit.createTestProbe(SelfUp.class);
        cluster.subscriptions().tell(new Subscribe<>(up.ref(), SelfUp.class));
        cluster.manager().tell(new Join(cluster.selfMember().address()));
        up.receiveMessage();
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void tellsACoordinatorThatMayHaveComeHereThatItsWaitIsOver() {
        ActorRef<QuickCoordinator.Command> quick = start();
        Member dead = cluster.selfMember().copy(MemberStatus.down());

        quick.tell(new QuickCoordinator.Changed(new MemberDowned(dead)));

        assertThat(coordinator.receiveMessage()).hasToString("StateInitialized");
    }

    @Test
    void staysQuietWhileNodesOnlyCome() {
        ActorRef<QuickCoordinator.Command> quick = start();

        quick.tell(new QuickCoordinator.Changed(new MemberUp(cluster.selfMember())));

        coordinator.expectNoMessage();
    }

    private ActorRef<QuickCoordinator.Command> start() {
        return kit.spawn(QuickCoordinator.create(coordinator.ref().path().toStringWithoutAddress()));
    }
}
