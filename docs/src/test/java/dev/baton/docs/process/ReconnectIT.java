package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client loses its connection after every few events, while another one keeps its own. */
class ReconnectIT {
    private static final int TURNS = 3;
    /** No multiple of anything that the stream groups by. */
    private static final int EVENTS_PER_CONNECTION = 7;

    private static NodeProcess node;

    @BeforeAll
    static void start(@TempDir Path data) {
        node = NodeProcess.up(data);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void whoComesBackIsToldTheSameAsWhoStayed() {
        ChatApi api = node.api();
        String chat = api.post("/chats", "{}").path("id").asText();
        try (ChatApi.Stream stayed = api.stream(chat, "0")) {
            JsonNode start = stayed.until(ReconnectIT::isIdle).get(0);
            String cursor = start.path("id").asText();
            for (int turn = 1; turn <= TURNS; turn++) {
                api.post("/chats/" + chat + "/messages", "{\"content\":\"turn %d words=60 rate=100\"}".formatted(turn));
                List<JsonNode> pieces = inPieces(api, chat, cursor);
                cursor = pieces.get(pieces.size() - 1).path("id").asText();

                assertThat(pieces).as("turn %d", turn).isEqualTo(stayed.until(ReconnectIT::isIdle));
                assertThat(parts(pieces)).isEqualTo(answer(pieces)).isNotEmpty();
            }
        }
    }

    private static List<JsonNode> inPieces(ChatApi api, String chat, String first) {
        var all = new ArrayList<JsonNode>();
        String cursor = first;
        while (all.isEmpty() || !isIdle(all.get(all.size() - 1))) {
            var left = new AtomicInteger(EVENTS_PER_CONNECTION);
            all.addAll(api.streamUntil(chat, cursor, event -> left.decrementAndGet() == 0 || isIdle(event)));
            cursor = all.get(all.size() - 1).path("id").asText();
        }
        return all;
    }

    private static boolean isIdle(JsonNode event) {
        return event.path("status").asText().equals("waiting");
    }

    private static String parts(List<JsonNode> events) {
        var text = new StringBuilder();
        events.forEach(event -> text.append(event.path("part").path("text").asText()));
        return text.toString();
    }

    private static String answer(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("message"))
                .filter(message -> message.path("role").asText().equals("assistant"))
                .map(message -> message.path("content").get(0).path("text").asText())
                .reduce("", String::concat);
    }
}
