package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of five nodes on one PostgreSQL all but one are killed with SIGKILL while chats stream on them, the two oldest at once. */
class TakeoverIT {
    private static final int NODES = 5;
    private static final int CHATS = 30;
    private static final int WORDS = 100;

    @Test
    void everyChatGoesOnElsewhereAndEndsInOneAnswer(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(NODES, directory)) {
            NodeProcess last = cluster.node(NODES - 1);
            killUnder(last, List.of(cluster.node(0), cluster.node(1)));
            killUnder(last, List.of(cluster.node(2)));
            killUnder(last, List.of(cluster.node(3)));

            assertThat(last.log()).containsPattern("is proved dead(.*\\R)*.*is proved dead");
        }
    }

    private static void killUnder(NodeProcess stays, List<NodeProcess> victims) {
        StreamingChats chats = StreamingChats.begin(stays, CHATS, WORDS);
        victims.forEach(NodeProcess::kill);
        chats.endInOneAnswer(stays);
        assertThat(chats.told()).contains("moved").doesNotContain("preview_reset");
    }
}
