package dev.baton.gateway.bridge.health;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes in one process. */
class ClusterHealthTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Config CONFIG = ConfigFactory.parseString("""
            akka.actor.provider = cluster
            akka.actor.allow-java-serialization = off
            akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            akka.cluster.jmx.enabled = off
            """).withFallback(ConfigFactory.load());

    private final ActorTestKit one = ActorTestKit.create("health", CONFIG);
    private final ActorTestKit other = ActorTestKit.create("health", CONFIG);

    @AfterEach
    void stop() {
        other.shutdownTestKit();
        one.shutdownTestKit();
    }

    @Test
    void isHeardOnEveryNodeAndByThoseWhoComeLater() {
        join(one);
        join(other);
        Instant until = Instant.parse("2026-01-01T00:00:30Z");
        ClusterHealth here = ClusterHealth.start(one.system());
        ClusterHealth there = ClusterHealth.start(other.system());
        TestProbe<String> heard = other.createTestProbe();
        there.hear((subject, when) -> heard.ref().tell(subject + " " + when));
        here.tell("breaker local/m", until);
        assertThat(heard.receiveMessage(LIMIT)).isEqualTo("breaker local/m " + until);
        here.tell("breaker local/m", Instant.EPOCH);
        assertThat(heard.receiveMessage(LIMIT)).isEqualTo("breaker local/m " + Instant.EPOCH);
        TestProbe<String> late = other.createTestProbe();
        there.hear((subject, when) -> late.ref().tell(subject + " " + when));
        assertThat(late.receiveMessage(LIMIT)).isEqualTo("breaker local/m " + Instant.EPOCH);
    }

    private void join(ActorTestKit kit) {
        var up = kit.<SelfUp>createTestProbe();
        Cluster cluster = Cluster.get(kit.system());
        cluster.subscriptions().tell(Subscribe.create(up.ref(), SelfUp.class));
        cluster.manager()
                .tell(Join.create(Cluster.get(one.system()).selfMember().address()));
        up.expectMessageClass(SelfUp.class, LIMIT);
    }
}
