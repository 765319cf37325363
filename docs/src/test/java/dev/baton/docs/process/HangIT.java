package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Nodes stand still (SIGSTOP) while chats stream on them, are taken for gone, and then run again. */
class HangIT {
    /** How long, at least, a node stands still: beyond the end of all that its chats still had to say elsewhere. */
    private static final long HALT_SECONDS = Integer.getInteger("baton.hang.seconds", 0);

    /** Set to have everyone hang whom it may matter for. */
    private static final String EVERYONE = "baton.hang.everyone";

    private static final int CHATS = 20;
    private static final int WORDS = 60;
    private static final int DECLARED_DOWN = 255;

    @Test
    void theChatsOfANodeThatHangsGoOnElsewhereAndItLeavesWhenItRunsAgain(@TempDir Path directory) {
        hangs(3, 2, directory);
    }

    @Test
    @EnabledIfSystemProperty(named = EVERYONE, matches = "true")
    void theOldestNodeMayHang(@TempDir Path directory) {
        hangs(3, 0, directory);
    }

    @Test
    @EnabledIfSystemProperty(named = EVERYONE, matches = "true")
    void ofTwoNodesTheYoungerMayHang(@TempDir Path directory) {
        hangs(2, 1, directory);
    }

    @Test
    @EnabledIfSystemProperty(named = EVERYONE, matches = "true")
    void ofTwoNodesTheOlderMayHang(@TempDir Path directory) {
        hangs(2, 0, directory);
    }

    @Test
    void whenTwoOfThreeHangTheLastOneGoesOnAlone(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(3, directory)) {
            StreamingChats chats = streaming(cluster.node(1));
            cluster.node(0).halt();
            cluster.node(2).halt();
            chats.endWhole(cluster.journal());
            cluster.node(0).resume();
            cluster.node(2).resume();
            assertThat(cluster.node(0).awaitExit()).isEqualTo(DECLARED_DOWN);
            assertThat(cluster.node(2).awaitExit()).isEqualTo(DECLARED_DOWN);
            streaming(cluster.node(1)).endWhole(cluster.journal());
        }
    }

    private static void hangs(int nodes, int victim, Path directory) {
        int other = victim == 0 ? 1 : 0;
        try (var cluster = ClusterProcesses.start(nodes, directory)) {
            StreamingChats chats = streaming(cluster.node(other));
            long began = System.nanoTime();
            cluster.node(victim).halt();
            chats.endWhole(cluster.journal());
            awaitSince(began, HALT_SECONDS);
            cluster.node(victim).resume();
            assertThat(cluster.node(victim).awaitExit()).isEqualTo(DECLARED_DOWN);
            assertThat(cluster.node(victim).log()).containsOnlyOnce("it leaves");

            streaming(cluster.node(other)).endWhole(cluster.journal());
            chats.endWhole(cluster.journal());
        }
    }

    private static StreamingChats streaming(NodeProcess node) {
        return StreamingChats.begin(node, CHATS, WORDS);
    }

    private static void awaitSince(long began, long seconds) {
        while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(seconds)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
