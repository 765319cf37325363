package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes send their clients back all the time, and each client goes to the next node. */
class RotationIT {
    private static final int NODES = 3;
    private static final int CHATS = 6;
    private static final int WORDS = 60;

    @Test
    void whoIsSentBackToOtherNodesIsToldEverythingOnceAndInOrder(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(NODES, directory, "baton.stream.max-age = 1s")) {
            List<CompletableFuture<List<JsonNode>>> clients = IntStream.range(0, CHATS)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> follow(cluster, number)))
                    .toList();
            clients.forEach(client -> isToldOnce(client.join()));
        }
    }

    private static List<JsonNode> follow(ClusterProcesses cluster, int number) {
        ChatApi first = cluster.node(number % NODES).api();
        String chat = first.post("/chats", "{}").path("id").asText();
        first.post("/chats/" + chat + "/messages", "{\"content\":\"words=%d rate=25\"}".formatted(WORDS));
        var all = new ArrayList<JsonNode>();
        String cursor = "0";
        for (int turn = number; all.isEmpty() || !isOver(all); turn++) {
            try (var stream = cluster.node(turn % NODES).api().stream(chat, cursor)) {
                all.addAll(stream.rest());
            }
            cursor = all.get(all.size() - 1).path("id").asText();
        }
        return all;
    }

    private static boolean isOver(List<JsonNode> events) {
        return events.stream()
                .anyMatch(event -> event.path("message").path("role").asText().equals("assistant"));
    }

    /** The end of an answer may come with its message alone, when it was committed while the client was on its way. */
    private static void isToldOnce(List<JsonNode> events) {
        var parts = new StringBuilder();
        var answer = new StringBuilder();
        long seq = 0;
        for (JsonNode event : events) {
            if (event.path("type").asText().equals("message_part")) {
                assertThat(event.path("seq").asLong()).isEqualTo(++seq);
                parts.append(event.path("part").path("text").asText());
            }
            if (event.path("message").path("role").asText().equals("assistant")) {
                assertThat(answer).isEmpty();
                answer.append(event.path("message")
                        .path("content")
                        .get(0)
                        .path("text")
                        .asText());
            }
        }
        assertThat(events)
                .extracting(event -> event.path("type").asText())
                .contains("reconnect")
                .doesNotContain("preview_reset", "history_reset");
        assertThat(answer.toString().split("\\s+")).hasSize(WORDS);
        assertThat(answer.toString()).startsWith(parts.toString());
    }
}
