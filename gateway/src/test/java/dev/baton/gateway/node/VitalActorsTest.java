package dev.baton.gateway.node;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import java.util.List;
import org.junit.jupiter.api.Test;

class VitalActorsTest {

    @Test
    void theNodeLeavesWhenAVitalActorCrashes() {
        var kit = ActorTestKit.create();
        try {
            TestProbe<String> left = kit.createTestProbe();
            ActorRef<String> healthy = kit.spawn(Behaviors.ignore());
            ActorRef<String> crashing = kit.spawn(Behaviors.receiveMessage(message -> {
                throw new IllegalStateException(message);
            }));
            kit.spawn(VitalActors.watching(
                    List.of(healthy, crashing), () -> left.ref().tell("left")));

            crashing.tell("crash");
            left.expectMessage("left");
        } finally {
            kit.shutdownTestKit();
        }
    }
}
