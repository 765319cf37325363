package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that leave although nobody has sent them a signal, and nodes that leave together. */
class LeaveIT {

    @Test
    void aNodeThatTheClusterHasLeaveGoesTheSameWayAsForASignal(@TempDir Path data) {
        try (NodeProcess node = NodeProcess.up(data)) {
            ChatApi api = node.api();
            String chat = api.post("/chats", "{}").path("id").asText();
            try (ChatApi.Stream stream = api.stream(chat, null)) {
                stream.until(event -> event.path("type").asText().equals("status"));
                OutsideLeave.of(node.member(), node.pid());
                assertThat(stream.rest())
                        .extracting(event -> event.path("type").asText())
                        .containsExactly("reconnect");
            }
            assertThat(node.awaitExit()).isZero();
            assertThat(node.log()).doesNotContain(" WARN ", " ERROR ");
        }
    }
}
