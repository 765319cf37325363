package dev.baton.gateway.node.death;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProvedDeathFailureDetectorTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void believesAProofUntilTheClusterHasRemovedTheNode() {
        var detector = new ProvedDeathFailureDetector(
                KIT.system().settings().config().getConfig("akka.cluster.failure-detector"),
                Adapter.toClassic(KIT.system()).eventStream());
        detector.heartbeat();
        assertThat(detector.isAvailable()).isTrue();

        ProvedDead.add(detector.address());
        assertThat(detector.isAvailable()).isFalse();

        ProvedDead.remove(detector.address());
        assertThat(detector.isAvailable()).isTrue();
    }
}
