package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and a provider that speaks OpenAI Chat Completions, each its own process, and what goes wrong between them. */
class ProviderIT {
    private static FakeProviderProcess provider;
    private static NodeProcess node;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        provider = FakeProviderProcess.start();
        Path config = Files.writeString(directory.resolve("baton.conf"), """
                baton.bridge {
                  silence-timeout = 1s
                  default-model = "local/fake-20-0"
                  providers.local {
                    type = openai
                    base-url = "%s"
                    api-keys = ["sk-secret-of-the-test"]
                  }
                }
                """.formatted(provider.baseUrl()));
        node = NodeProcess.up(directory.resolve("data"), "--config", config.toString());
    }

    @AfterAll
    static void stop() {
        node.close();
        provider.close();
        assertThat(node.log()).doesNotContain("sk-secret-of-the-test");
    }

    @Test
    void anAnswerComesWhole() {
        assertThat(types(turn("hello"))).doesNotContain("retry", "error");
    }

    @Test
    void aRateLimitIsWaitedOut() {
        endsWellAfterOneRetry("status=429x1 retry-after=1 limited", "rate_limit");
    }

    @Test
    void aServerErrorIsTriedAgain() {
        endsWellAfterOneRetry("status=500x1 broken", "generic");
    }

    @Test
    void anOverloadedProviderIsTriedAgain() {
        endsWellAfterOneRetry("status=529x1 overloaded", "overloaded");
    }

    @Test
    void aCutStreamIsNeverTakenAsAnAnswer() {
        endsWellAfterOneRetry("cut=900x1 cut", "timeout");
    }

    @Test
    void silenceIsTriedAgain() {
        endsWellAfterOneRetry("silence=3x1 silent", "stream_silence_timeout");
    }

    @Test
    void aRefusedKeyIsAnErrorThatSaysSoAndTheNextMessageClearsIt() {
        List<JsonNode> events = turn("status=401 refused leak=1");

        JsonNode error = last(events, "error").path("error");
        assertThat(error.path("kind").asText()).isEqualTo("auth");
        assertThat(error.path("retryable").asBoolean()).isFalse();
        assertThat(error.path("status_code").asInt()).isEqualTo(401);
        assertThat(error.toString()).doesNotContain("sk-secret-of-the-test");
        assertThat(types(events)).doesNotContain("retry");
    }

    private static void endsWellAfterOneRetry(String prompt, String kind) {
        List<JsonNode> events = turn(prompt);

        assertThat(types(events).stream().filter("retry"::equals)).hasSize(1);
        assertThat(last(events, "retry").path("error").path("kind").asText()).isEqualTo(kind);
        assertThat(types(events)).doesNotContain("error");
        JsonNode answer = last(events, "message").path("message");
        assertThat(answer.path("role").asText()).isEqualTo("assistant");
        assertThat(answer.path("content").get(0).path("text").asText()).isNotEmpty();
    }

    /** Runs a turn in a chat of its own and returns what its stream said, up to the end of the turn. */
    private static List<JsonNode> turn(String prompt) {
        ChatApi api = node.api();
        String chat = api.post("/chats", "{}").path("id").asText();
        try (ChatApi.Stream stream = api.stream(chat, null)) {
            stream.until(event -> event.path("type").asText().equals("status"));
            api.post("/chats/" + chat + "/messages", "{\"content\":\"%s\"}".formatted(prompt));
            return stream.until(event ->
                    List.of("waiting", "error").contains(event.path("status").asText()));
        }
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    private static JsonNode last(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no " + type + " in " + events));
    }
}
