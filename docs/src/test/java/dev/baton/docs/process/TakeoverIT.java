package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
            StreamingChats onThree = StreamingChats.begin(cluster.node(2), CHATS, WORDS);
            cluster.node(0).kill();
            onThree.endInOneAnswer(cluster.node(2));
            assertThat(onThree.told()).contains("moved").doesNotContain("preview_reset");

            StreamingChats onTwo = StreamingChats.begin(cluster.node(2), CHATS, WORDS);
            cluster.node(1).kill();
            onTwo.endInOneAnswer(cluster.node(2));
            assertThat(onTwo.told()).contains("moved").doesNotContain("preview_reset");

            assertThat(cluster.node(2).log()).containsPattern("is proved dead(.*\\R)*.*is proved dead");
        }
    }
}
