package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of four nodes on one PostgreSQL one leaves, then the oldest and another at once, each while chats stream on it. */
class HandoverIT {
    /** What a JVM exits with when SIGTERM ended it: 128 + 15. */
    private static final int TERMINATED = 143;

    private static final int NODES = 4;
    private static final int CHATS = 30;
    private static final int WORDS = 60;

    @Test
    void everyChatGoesOnElsewhereAndItsWatcherIsTold(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(NODES, directory)) {
            NodeProcess stays = cluster.node(3);
            StreamingChats chats = StreamingChats.begin(stays, CHATS, WORDS);
            List<String> leaving = chats.runningOn(cluster.node(1));
            assertThat(cluster.node(1).terminate()).isEqualTo(TERMINATED);
            chats.endInOneAnswer(stays);
            areToldOfTheHandover(leaving, chats.watchers());

            chats = StreamingChats.begin(stays, CHATS, WORDS);
            leaving = new ArrayList<>(chats.runningOn(cluster.node(0)));
            leaving.addAll(chats.runningOn(cluster.node(2)));
            Stream.of(0, 2)
                    .map(cluster::node)
                    .map(node -> CompletableFuture.supplyAsync(node::terminate))
                    .toList()
                    .forEach(exit -> assertThat(exit.join()).isEqualTo(TERMINATED));
            chats.endInOneAnswer(stays);
            areToldOfTheHandover(leaving, chats.watchers());
        }
    }

    /** Of all chats that were handed over; one whose answer was whole before it was its turn had nothing to hand over. */
    private static void areToldOfTheHandover(List<String> chats, Map<String, Watcher> watchers) {
        List<Watcher> handedOver = chats.stream()
                .map(watchers::get)
                .filter(watcher -> watcher.seen().stream()
                        .anyMatch(event -> event.path("type").asText().equals("moved")))
                .toList();
        assertThat(handedOver).isNotEmpty();
        handedOver.forEach(watcher ->
                assertThat(watcher.seen()).anySatisfy(HandoverIT::isHandover).noneMatch(HandoverIT::isReset));
    }

    private static boolean isReset(JsonNode event) {
        return event.path("type").asText().equals("preview_reset");
    }

    private static void isHandover(JsonNode event) {
        assertThat(event.path("type").asText()).isEqualTo("moved");
        assertThat(event.path("cause").asText()).isEqualTo("handover");
        assertThat(event.path("pause_ms").isNumber()).isTrue();
    }
}
