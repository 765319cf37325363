package dev.baton.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireEventsTest {
    private static final NodeId OLD = new NodeId("akka://baton@127.0.0.1:1#1");
    private static final NodeId NEW = new NodeId("akka://baton@127.0.0.1:2#2");

    @Test
    void aRunnerWhereTheWorkWasIsNoNews() {
        assertThat(WireEvents.of(assigned(null)).told()).isEmpty();
    }

    @Test
    void aHandoverNamesBothNodesAndThePause() {
        assertThat(body(new Move(OLD, Move.Cause.HANDOVER, Duration.ofMillis(120))))
                .isEqualTo(
                        "{\"from\":\"%s\",\"to\":\"%s\",\"cause\":\"handover\",\"pause_ms\":120}".formatted(OLD, NEW));
    }

    @Test
    void aTakeoverDoesNotKnowItsPause() {
        assertThat(body(new Move(OLD, Move.Cause.TAKEOVER, null)))
                .isEqualTo("{\"from\":\"%s\",\"to\":\"%s\",\"cause\":\"takeover\"}".formatted(OLD, NEW));
    }

    private static String body(Move move) {
        return WireEvents.of(assigned(move)).told().get(0).body().toString();
    }

    private static ChatEvent assigned(@Nullable Move move) {
        return new ChatEvent.RunnerAssigned(2, NEW, move, Instant.EPOCH);
    }
}
