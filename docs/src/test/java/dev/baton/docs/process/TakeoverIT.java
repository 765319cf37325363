package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of three nodes on one PostgreSQL two are killed with SIGKILL, one after the other, each while chats stream on it. */
class TakeoverIT {
    private static final int NODES = 3;
    private static final int CHATS = 30;
    private static final int WORDS = 100;

    @Test
    void everyChatGoesOnElsewhereAndEndsInOneAnswer(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(NODES, directory)) {
            Map<String, Watcher> onThree = streaming(cluster.node(2));
            cluster.node(0).kill();
            endInOneAnswer(onThree, cluster.node(2));
            assertThat(onThree.values()).anySatisfy(TakeoverIT::wasToldOfANewAttempt);

            Map<String, Watcher> onTwo = streaming(cluster.node(2));
            cluster.node(1).kill();
            endInOneAnswer(onTwo, cluster.node(2));
            assertThat(onTwo.values()).anySatisfy(TakeoverIT::wasToldOfANewAttempt);

            assertThat(cluster.node(2).log()).containsPattern("is proved dead(.*\\R)*.*is proved dead");
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
                        "/chats/" + chat + "/messages", "{\"content\":\"words=%d rate=25\"}".formatted(WORDS)));
        watchers.values().forEach(Watcher::awaitPart);
        return watchers;
    }

    private static void endInOneAnswer(Map<String, Watcher> watchers, NodeProcess node) {
        watchers.forEach((chat, watcher) -> {
            List<JsonNode> answers = new ArrayList<>();
            for (JsonNode event : watcher.seen()) {
                if (event.path("message").path("role").asText().equals("assistant")) {
                    answers.add(event.path("message"));
                }
            }
            List<JsonNode> messages = new ArrayList<>();
            node.api().get("/chats/" + chat + "/messages").path("messages").forEach(messages::add);
            assertThat(answers).as("chat %s", chat).hasSize(1);
            assertThat(messages).as("chat %s", chat).hasSize(2);
            assertThat(messages.get(1).path("id")).isEqualTo(answers.get(0).path("id"));
            assertThat(text(answers.get(0)).split("\\s+")).hasSize(WORDS);
        });
    }

    private static void wasToldOfANewAttempt(Watcher watcher) {
        assertThat(watcher.seen())
                .extracting(event -> event.path("type").asText())
                .contains("preview_reset");
    }

    private static String text(JsonNode message) {
        var text = new StringBuilder();
        message.path("content").forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }
}
