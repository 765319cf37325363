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
    private static final int CHATS = 20;
    private static final int WORDS = 125;

    @Test
    void answersGoOnWithTheNextWordWhereTheModelCan(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(3, directory)) {
            for (int round = 1; round <= ROUNDS; round++) {
                int victim = round <= WATCHED ? round - 1 : round;
                cutAnswers(cluster.node(victim), cluster.node(WATCHED));
                if (round < ROUNDS) {
                    cluster.add();
                }
            }
        }
    }

    private static void cutAnswers(NodeProcess victim, NodeProcess stays) {
        StreamingChats going = StreamingChats.begin(stays.api(), CHATS, WORDS);
        StreamingChats forgetful = StreamingChats.begin(stays.api(), CHATS, WORDS, "simulated/forgetful");
        List<String> cut = going.runningOn(victim);
        List<String> cutForgetful = forgetful.runningOn(victim);
        victim.kill();

        going.endInOneAnswer(stays);
        going.cameInOrder();
        assertThat(cut).as("resets where the model goes on").allMatch(chat -> going.resets(chat) == 0);
        forgetful.endInOneAnswer(stays);
        forgetful.cameInOrder();
        assertThat(cutForgetful).as("resets where it begins again").allMatch(chat -> forgetful.resets(chat) == 1);
    }
}
