package dev.baton.gateway.node;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.Leave;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnLeaveTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ActorTestKit kit =
            ActorTestKit.create("own-leave", ConfigFactory.parseString("""
                    akka.actor.provider = cluster
                    akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                    akka.cluster.jmx.enabled = off
                    akka.cluster.leader-actions-interval = 100ms
                    akka.cluster.gossip-interval = 100ms
                    """).withFallback(ConfigFactory.load()));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void theWayDownBeginsWhenSomeoneElseHasTheNodeLeave() {
        Cluster cluster = Cluster.get(kit.system());
        TestProbe<SelfUp> up = kit.createTestProbe();
        cluster.subscriptions().tell(new Subscribe<>(up.ref(), SelfUp.class));
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        up.receiveMessage(LIMIT);
        TestProbe<String> left = kit.createTestProbe();
        var watcher = kit.spawn(OwnLeave.watching(() -> left.ref().tell("leave")));

        cluster.manager().tell(Leave.create(cluster.selfMember().address()));

        left.expectMessage(LIMIT, "leave");
        left.expectTerminated(watcher, LIMIT);
    }
}
