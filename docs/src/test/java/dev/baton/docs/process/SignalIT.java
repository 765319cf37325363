package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is asked to stop with SIGTERM. */
class SignalIT {
    /** What a JVM exits with when SIGTERM ended it: 128 + 15. */
    private static final int TERMINATED = 143;

    private static final int ROUNDS = Integer.getInteger("baton.idle.rounds", 2);

    private static final List<String> COMPLAINTS = List.of(" WARN ", " ERROR ");

    /** With the bridge on whatever the default is: its session must not hold up the wait for sockets. */
    @Test
    void anIdleNodeEndsWithoutWaitingForAnyLimit(@TempDir Path data) throws IOException {
        Path config = Files.writeString(
                data.resolve("bridge.conf"), "baton.bridge.providers.simulated { type = simulated, enabled = true }");
        for (int round = 1; round <= ROUNDS; round++) {
            try (NodeProcess node = NodeProcess.up(data, "--config", config.toString())) {
                node.api().get("/health/ready");
                assertThat(node.terminate()).isEqualTo(TERMINATED);
                assertThat(node.log()).doesNotContain(COMPLAINTS).contains("the way down took");
            }
        }
    }

    @Test
    void aSecondSignalEndsTheProcessAtOnceAndLosesNothing(@TempDir Path data) {
        String chat;
        try (NodeProcess node = NodeProcess.up(data)) {
            ChatApi api = node.api();
            chat = api.post("/chats", "{}").path("id").asText();
            try (ChatApi.Stream stream = api.stream(chat, null)) {
                stream.until(event -> event.path("type").asText().equals("status"));
                node.signal();
                stream.until(event -> event.path("type").asText().equals("reconnect"));
                assertThat(node.terminate()).isEqualTo(TERMINATED);
            }
            assertThat(node.log()).contains("a second signal (SIGTERM)").doesNotContain("the way down took");
        }
        try (NodeProcess node = NodeProcess.up(data)) {
            assertThat(node.api().get("/chats/" + chat).path("status").asText()).isEqualTo("waiting");
        }
    }

    @Test
    void aBusyNodeLetsGoOfItsChatsAndTheNextStartGoesOnWithThem(@TempDir Path data) {
        String chat;
        try (NodeProcess node = NodeProcess.up(data)) {
            ChatApi api = node.api();
            chat = api.post("/chats", "{\"message\":{\"content\":\"words=60 rate=30\"}}")
                    .path("id")
                    .asText();
            api.streamUntil(chat, null, event -> event.path("type").asText().equals("message_part"));
            assertThat(node.terminate()).isEqualTo(TERMINATED);
            assertThat(node.log()).doesNotContain(COMPLAINTS);
        }
        try (NodeProcess node = NodeProcess.up(data)) {
            ChatApi api = node.api();
            api.streamUntil(chat, null, event -> event.path("status").asText().equals("waiting"));
            JsonNode messages = api.get("/chats/" + chat + "/messages").path("messages");
            assertThat(messages).hasSize(2);
            assertThat(messages.get(1).path("role").asText()).isEqualTo("assistant");
            assertThat(messages.get(1)
                            .path("content")
                            .get(0)
                            .path("text")
                            .asText()
                            .split("\\s+"))
                    .hasSize(60);
        }
    }

    @Test
    void anOpenSocketIsToldToComeBackAndDoesNotHoldTheNodeUp(@TempDir Path data) {
        try (NodeProcess node = NodeProcess.up(data)) {
            ChatApi api = node.api();
            String chat = api.post("/chats", "{}").path("id").asText();
            try (ChatApi.Stream stream = api.stream(chat, null)) {
                stream.until(event -> event.path("type").asText().equals("status"));
                assertThat(node.terminate()).isEqualTo(TERMINATED);
                assertThat(stream.rest())
                        .extracting(event -> event.path("type").asText())
                        .containsExactly("reconnect");
            }
            assertThat(node.log()).doesNotContain(COMPLAINTS);
        }
    }
}
