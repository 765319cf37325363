package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that leave although nobody has sent them a signal, and nodes that leave together. */
class LeaveIT {
    private static final int TERMINATED = 143;
    private static final int NODES = 3;
    private static final int CHATS = 6;
    private static final int WORDS = 100;

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

    @Test
    void chatsGoOnAtTheNextStartWhenAllNodesLeaveAtOnce(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(NODES, directory)) {
            ChatApi first = cluster.node(0).api();
            List<String> chats = new ArrayList<>();
            for (int i = 0; i < CHATS; i++) {
                String chat = first.post("/chats", "{\"message\":{\"content\":\"words=%d rate=25\"}}".formatted(WORDS))
                        .path("id")
                        .asText();
                first.streamUntil(
                        chat, null, event -> event.path("type").asText().equals("message_part"));
                chats.add(chat);
            }
            for (int i = 0; i < NODES; i++) {
                cluster.node(i).signal();
            }
            for (int i = 0; i < NODES; i++) {
                assertThat(cluster.node(i).awaitExit()).isEqualTo(TERMINATED);
            }

            var turns = new Turns(cluster.restart().api());
            for (String chat : chats) {
                turns.awaitEnd(chat);
                turns.areAnsweredOnce(chat, 1);
            }
        }
    }
}
