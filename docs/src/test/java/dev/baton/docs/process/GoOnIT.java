package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node of three is killed with SIGKILL while answers stream on it, and their watchers read on from another. */
class GoOnIT {
    private static final int ROUNDS = Integer.getInteger("baton.goon.rounds", 1);
    private static final int WATCHED = 2;
    private static final int CHATS = 40;
    private static final int WORDS = 175;
    private static final String GOES_ON = "simulated/default";
    private static final String BEGINS_AGAIN = "simulated/forgetful";

    @Test
    void answersGoOnWithTheNextWordWhereTheModelCan(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(3, directory)) {
            for (int round = 1; round <= ROUNDS; round++) {
                int victim = round <= WATCHED ? round - 1 : round;
                cutAnswers(cluster.node(victim), cluster.node(WATCHED), cluster.journal());
                if (round < ROUNDS) {
                    cluster.add();
                }
            }
        }
    }

    private static void cutAnswers(NodeProcess victim, NodeProcess stays, Journal journal) {
        StreamingChats chats = StreamingChats.begin(stays.api(), CHATS, WORDS, List.of(GOES_ON, BEGINS_AGAIN));
        List<String> running = chats.runningOn(victim);
        victim.kill();

        chats.endInOneAnswer(stays);
        chats.cameInOrder();
        List<String> cut = chats.cut(journal);
        assertThat(running).containsAll(cut);
        assertThat(cut).extracting(chats::model).contains(GOES_ON, BEGINS_AGAIN);
        assertThat(cut)
                .as("resets of those that were cut")
                .allSatisfy(chat -> assertThat(chats.resets(chat))
                        .isEqualTo(chats.model(chat).equals(GOES_ON) ? 0 : 1));
    }
}
