package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenAI's own client reads responses from a node that is killed in the middle of them, and goes on behind the last event it
 * has, from another node. Pages with the AI SDK's own chat are opened anew at another node and have the whole answer.
 */
class ResponseResumeIT {
    private static final int ROUNDS = Integer.getInteger("baton.resume.rounds", 1);
    private static final int RESPONSES = 6;
    private static final String ALL = Integer.toString(RESPONSES);
    private static final String PROMPT = "words=100 rate=25";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void isToldTheRestOfTheAnswerByAnyNode(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(3, directory)) {
            for (int round = 1; round <= ROUNDS; round++) {
                killWhileItAnswers(cluster.node(round - 1), cluster.node(round));
                if (round < ROUNDS) {
                    cluster.add();
                }
            }
        }
    }

    @Test
    void hasTheWholeAnswerOnAPageThatIsOpenedAnew(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(2, directory)) {
            NodeProcess victim = cluster.node(0);
            NodeProcess stays = cluster.node(1);
            try (var script = NodeScripts.start(environment(victim, stays), "reload.mjs", PROMPT, ALL)) {
                assertThat(script.line()).isEqualTo("all speak");
                victim.kill();
                List<String> read = script.rest();
                assertThat(read).hasSize(RESPONSES);
                read.forEach(line -> {
                    JsonNode page = json(line);
                    assertThat(page.path("finish").asText()).isEqualTo("stop");
                    isWhole(
                            chat(page.path("chat").asText(), "conv_"),
                            page.path("text").asText(),
                            stays.api());
                });
            }
        }
    }

    private static Map<String, String> environment(NodeProcess victim, NodeProcess stays) {
        return Map.of(
                "BATON_URL", victim.address().toString(),
                "BATON_OTHER_URL", stays.address().toString(),
                "BATON_TOKEN", OfficialClientsIT.token(stays.api()));
    }

    private static void killWhileItAnswers(NodeProcess victim, NodeProcess stays) {
        try (var script = NodeScripts.start(environment(victim, stays), "resume.mjs", PROMPT, ALL)) {
            assertThat(script.line()).isEqualTo("all speak");
            victim.kill();
            List<String> read = script.rest();
            assertThat(read).hasSize(RESPONSES);
            read.forEach(line -> isWhole(json(line), stays.api()));
        }
    }

    private static void isWhole(JsonNode read, ChatApi api) {
        assertThat(read.path("status").asText()).isEqualTo("completed");
        isWhole(chat(read.path("id").asText(), "resp_"), read.path("text").asText(), api);
    }

    private static void isWhole(String chat, String text, ChatApi api) {
        JsonNode messages = api.get("/chats/" + chat + "/messages").path("messages");
        assertThat(messages).hasSize(2);
        String committed = messages.path(1).path("content").path(0).path("text").asText();
        assertThat(committed.split("\\s+")).hasSize(100);
        assertThat(text).isEqualTo(committed);
    }

    /** The ids of these doors hold that of their chat. */
    private static String chat(String id, String prefix) {
        return id.replaceFirst(prefix + "(.{8})(.{4})(.{4})(.{4})(.{12})(_\\d+)?", "$1-$2-$3-$4-$5");
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError("the script says " + line, noJson);
        }
    }
}
