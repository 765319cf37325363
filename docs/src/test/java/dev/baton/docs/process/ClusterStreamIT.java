package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes on one PostgreSQL. */
class ClusterStreamIT {
    private static final int NODES = 3;
    private static final int CHATS = 30;

    @Test
    void everyNodeStreamsWhatAnyNodeSays(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(NODES, directory)) {
            Map<String, List<Watcher>> watchers = new TreeMap<>();
            for (int i = 0; i < CHATS; i++) {
                String chat = cluster.node(i % NODES)
                        .api()
                        .post("/chats", "{}")
                        .path("id")
                        .asText();
                List<Watcher> all = new ArrayList<>();
                for (int node = 0; node < NODES; node++) {
                    all.add(Watcher.of(cluster.node(node).api(), chat, ClusterStreamIT::isIdle));
                }
                watchers.put(chat, all);
            }
            int next = 0;
            for (String chat : watchers.keySet()) {
                cluster.node(next++ % NODES)
                        .api()
                        .post("/chats/" + chat + "/messages", "{\"content\":\"words=30 rate=60\"}");
            }
            watchers.forEach((chat, all) -> all.forEach(watcher -> isToldWhole(watcher.seen())));
        }
    }

    private static void isToldWhole(List<JsonNode> events) {
        var parts = new StringBuilder();
        var answer = new StringBuilder();
        for (JsonNode event : events) {
            if (event.path("type").asText().equals("message_part")) {
                parts.append(event.path("part").path("text").asText());
            }
            JsonNode message = event.path("message");
            if (message.path("role").asText().equals("assistant")) {
                message.path("content")
                        .forEach(part -> answer.append(part.path("text").asText()));
            }
        }
        assertThat(answer.toString().split("\\s+")).hasSize(30);
        assertThat(parts).hasToString(answer.toString());
    }

    private static boolean isIdle(JsonNode event) {
        return event.path("status").asText().equals("waiting");
    }
}
