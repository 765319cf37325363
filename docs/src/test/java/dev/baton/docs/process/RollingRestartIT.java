package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of three nodes is stopped with SIGTERM and started again on its ports, one after the other, under load. */
class RollingRestartIT {
    private static final int ROUNDS = Integer.getInteger("baton.rolling-restart.rounds", 1);
    private static final int CHATS = 8;
    private static final int WORDS = 100;

    @Test
    void nobodyWhoTriesTwiceNoticesAndNoChatIsStuck(@TempDir Path directory) {
        List<Ports> ports = Stream.generate(Ports::free).limit(3).toList();
        try (var nodes = new DatabaseNodes(directory)) {
            List<NodeProcess> cluster = new ArrayList<>(nodes.up(ports));
            DatabaseNodes.awaitOneCluster(cluster);
            String talk = cluster.get(0).api().post("/chats", "{}").path("id").asText();
            var chats = new ArrayList<String>();
            SteadyClient client = SteadyClient.start(ports, talk);
            try (client) {
                for (int i = 0; i < ROUNDS * ports.size(); i++) {
                    int node = i % ports.size();
                    chats.addAll(begin(cluster.get(node).api()));
                    assertThat(cluster.get(node).terminate()).isEqualTo(143);
                    cluster.set(node, nodes.up(ports.get(node)));
                }
                ChatApi api = cluster.get(0).api();
                chats.forEach(chat -> endsInOneAnswer(api, chat));
            }
            assertThat(client.failures()).as(client.toString()).isEmpty();
            ChatApi api = cluster.get(1).api();
            api.streamUntil(talk, null, RollingRestartIT::isIdle);
            assertThat(userTexts(api, talk)).containsExactlyInAnyOrderElementsOf(client.sent());
        }
    }

    private static List<String> begin(ChatApi api) {
        var chats = new ArrayList<String>();
        for (int i = 0; i < CHATS; i++) {
            chats.add(api.post("/chats", "{\"message\":{\"content\":\"words=%d rate=25\"}}".formatted(WORDS))
                    .path("id")
                    .asText());
        }
        api.streamUntil(
                chats.get(CHATS - 1), null, event -> event.path("type").asText().equals("message_part"));
        return chats;
    }

    private static void endsInOneAnswer(ChatApi api, String chat) {
        api.streamUntil(chat, null, RollingRestartIT::isIdle);
        JsonNode messages = api.get("/chats/" + chat + "/messages").path("messages");
        assertThat(messages).as("chat %s", chat).hasSize(2);
        assertThat(text(messages.get(1)).split("\\s+")).hasSize(WORDS);
    }

    private static List<String> userTexts(ChatApi api, String chat) {
        var texts = new ArrayList<String>();
        String cursor = "";
        do {
            JsonNode page = api.get("/chats/" + chat + "/messages?limit=200" + cursor);
            for (JsonNode message : page.path("messages")) {
                if (message.path("role").asText().equals("user")) {
                    texts.add(text(message));
                }
            }
            String next = page.path("next_cursor").asText("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return texts;
    }

    private static String text(JsonNode message) {
        var text = new StringBuilder();
        message.path("content").forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }

    private static boolean isIdle(JsonNode event) {
        return event.path("status").asText().equals("waiting");
    }
}
