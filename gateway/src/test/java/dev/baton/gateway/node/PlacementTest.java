package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final NodeId SELF = new NodeId("akka://baton@127.0.0.1:25520#1");
    private static final NodeId OTHER = new NodeId("akka://baton@127.0.0.1:25521#2");
    private static final NodeId THIRD = new NodeId("akka://baton@127.0.0.1:25522#3");

    private final Placement placement = new Placement(SELF);

    @Test
    void chatsRunWhereTheyStand() {
        placement.stay(List.of(OTHER, THIRD));
        assertThat(placement.of(chat(1))).contains(SELF);
    }

    @Test
    void theChatsOfALeaverAreSpreadOverThoseWhoStay() {
        placement.stay(List.of(OTHER, THIRD));
        placement.leave();
        var counts = IntStream.range(0, 1000)
                .mapToObj(i -> placement.of(new ChatId(UUID.randomUUID())))
                .map(Optional::orElseThrow)
                .collect(Collectors.groupingBy(node -> node, Collectors.counting()));
        assertThat(counts).containsOnlyKeys(OTHER, THIRD);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(400L, 600L));
    }

    @Test
    void aChatGoesToTheSameNodeHoweverOftenItIsAsked() {
        placement.stay(List.of(OTHER, THIRD));
        placement.leave();
        assertThat(placement.of(chat(1))).isEqualTo(placement.of(chat(1)));
    }

    @Test
    void nobodyRunsChatsWhenNobodyStays() {
        placement.leave();
        assertThat(placement.of(chat(1))).isEmpty();
    }

    private static ChatId chat(int number) {
        return new ChatId(new UUID(7, number));
    }
}
