package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
            Map<String, Watcher> watchers = streaming(stays);
            List<String> leaving = runningOn(cluster.node(1), watchers);
            assertThat(cluster.node(1).terminate()).isEqualTo(TERMINATED);
            endInOneAnswer(watchers, stays);
            areToldOfTheHandover(leaving, watchers);

            watchers = streaming(stays);
            leaving = new ArrayList<>(runningOn(cluster.node(0), watchers));
            leaving.addAll(runningOn(cluster.node(2), watchers));
            Stream.of(0, 2)
                    .map(cluster::node)
                    .map(node -> CompletableFuture.supplyAsync(node::terminate))
                    .toList()
                    .forEach(exit -> assertThat(exit.join()).isEqualTo(TERMINATED));
            endInOneAnswer(watchers, stays);
            areToldOfTheHandover(leaving, watchers);
        }
    }

    /** Chats whose answers have begun, watched through {@code node}. */
    private static Map<String, Watcher> streaming(NodeProcess node) {
        ChatApi api = node.api();
        Map<String, Watcher> watchers = new LinkedHashMap<>();
        for (int i = 0; i < CHATS; i++) {
            String chat = api.post("/chats", "{}").path("id").asText();
            watchers.put(
                    chat,
                    Watcher.of(api, chat, event -> event.path("status").asText().equals("waiting")));
        }
        watchers.keySet()
                .forEach(chat -> api.post(
                        "/chats/" + chat + "/messages", "{\"content\":\"words=%d rate=20\"}".formatted(WORDS)));
        watchers.values().forEach(Watcher::awaitPart);
        return watchers;
    }

    private static List<String> runningOn(NodeProcess node, Map<String, Watcher> watchers) {
        ChatApi api = node.api();
        List<String> chats = watchers.keySet().stream()
                .filter(chat -> api.get("/chats/" + chat + "/diagnosis")
                        .path("runner")
                        .path("here")
                        .asBoolean())
                .toList();
        assertThat(chats).isNotEmpty();
        return chats;
    }

    /** Of all chats that were handed over; one whose answer was whole before it was its turn had nothing to hand over. */
    private static void areToldOfTheHandover(List<String> chats, Map<String, Watcher> watchers) {
        List<Watcher> handedOver = chats.stream()
                .map(watchers::get)
                .filter(watcher -> watcher.seen().stream()
                        .anyMatch(event -> event.path("attempt").asInt() > 1))
                .toList();
        assertThat(handedOver).isNotEmpty();
        handedOver.forEach(watcher -> assertThat(watcher.seen()).anySatisfy(HandoverIT::isHandover));
    }

    private static void isHandover(JsonNode event) {
        assertThat(event.path("type").asText()).isEqualTo("moved");
        assertThat(event.path("cause").asText()).isEqualTo("handover");
        assertThat(event.path("pause_ms").isNumber()).isTrue();
    }

    private static void endInOneAnswer(Map<String, Watcher> watchers, NodeProcess node) {
        watchers.forEach((chat, watcher) -> {
            var shown = new StringBuilder();
            List<String> answers = new ArrayList<>();
            for (JsonNode event : watcher.seen()) {
                switch (event.path("type").asText()) {
                    case "message_part" ->
                        shown.append(event.path("part").path("text").asText());
                    case "preview_reset" -> shown.setLength(0);
                    case "message" -> {
                        if (event.path("message").path("role").asText().equals("assistant")) {
                            answers.add(text(event.path("message")));
                        }
                    }
                    default -> {}
                }
            }
            assertThat(answers).as("chat %s", chat).hasSize(1);
            assertThat(answers.get(0).split("\\s+")).hasSize(WORDS);
            assertThat(shown).as("chat %s", chat).hasToString(answers.get(0));
            assertThat(node.api().get("/chats/" + chat + "/messages").path("messages"))
                    .hasSize(2);
        });
    }

    private static String text(JsonNode message) {
        var text = new StringBuilder();
        message.path("content").forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }
}
