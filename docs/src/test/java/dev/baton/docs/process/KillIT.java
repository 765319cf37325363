package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is killed with SIGKILL while an answer streams, again and again. */
class KillIT {
    /** One turn each round, so that every round leaves an answer to count. */
    private static final int ROUNDS = Integer.getInteger("baton.kill.rounds", 5);

    private static final int CHATS = 12;

    @Test
    void theTurnGoesOnByItselfAndEndsInOneCommittedAnswer(@TempDir Path data) {
        NodeProcess node = NodeProcess.up(data);
        try {
            String chat = node.api().post("/chats", "{}").path("id").asText();
            for (int round = 1; round <= ROUNDS; round++) {
                node.api()
                        .post(
                                "/chats/" + chat + "/messages",
                                "{\"content\":\"round %d, words=30 rate=60\"}".formatted(round));
                node.api().streamUntil(chat, null, partBeyond(round % 9));
                node.kill();

                node = NodeProcess.up(data);
                List<JsonNode> seen = node.api().streamUntil(chat, null, KillIT::isIdle);
                assertThat(seen).isNotEmpty();
                assertThat(roles(node.api(), chat)).as("round %d", round).isEqualTo(alternating(round));
            }
        } finally {
            node.close();
        }
    }

    @Test
    void whatWasAcceptedAMomentBeforeIsAnsweredOnce(@TempDir Path data) {
        var chats = new ArrayList<String>();
        NodeProcess node = NodeProcess.up(data);
        try {
            for (int i = 0; i < CHATS; i++) {
                chats.add(node.api()
                        .post("/chats", "{\"message\":{\"content\":\"words=10 rate=40\"}}")
                        .path("id")
                        .asText());
            }
            node.api().post("/chats/" + chats.get(CHATS - 1) + "/messages", "{\"content\":\"words=5 rate=0\"}");
            node.kill();

            node = NodeProcess.up(data);
            for (String chat : chats) {
                node.api().streamUntil(chat, null, KillIT::isIdle);
                int turns = chat.equals(chats.get(CHATS - 1)) ? 2 : 1;
                assertThat(roles(node.api(), chat)).isEqualTo(alternating(turns));
            }
        } finally {
            node.close();
        }
    }

    private static boolean isIdle(JsonNode event) {
        return event.path("status").asText().equals("waiting");
    }

    private static Predicate<JsonNode> partBeyond(int seq) {
        return event -> event.path("type").asText().equals("message_part")
                && event.path("seq").asLong() > seq;
    }

    private static List<String> roles(ChatApi api, String chat) {
        var roles = new ArrayList<String>();
        api.get("/chats/" + chat + "/messages?limit=200")
                .path("messages")
                .forEach(message -> roles.add(message.path("role").asText()));
        return roles;
    }

    private static List<String> alternating(int rounds) {
        var roles = new ArrayList<String>();
        for (int i = 0; i < rounds; i++) {
            roles.add("user");
            roles.add("assistant");
        }
        return roles;
    }
}
