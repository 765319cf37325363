package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.fake.FakeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is killed while a provider that keeps its answers streams one: the next start asks for the rest. */
class KeptAnswerIT {
    private static final String KEY = "sk-secret-of-the-test";

    @Test
    void theAnswerIsMadeOnceAndComesWhole(@TempDir Path directory) throws IOException {
        String prompt = "tokens=90 rate=40";
        try (FakeProviderProcess provider = FakeProviderProcess.start()) {
            Path config = Files.writeString(directory.resolve("baton.conf"), """
                    baton.bridge {
                      default-model = "kept/m"
                      providers.kept {
                        type = openai-responses
                        base-url = "%s"
                        api-keys = ["%s"]
                        models { m { takeover = reattach } }
                      }
                    }
                    """.formatted(provider.baseUrl(), KEY));
            String chat;
            try (NodeProcess node = up(directory, config)) {
                chat = node.api()
                        .post("/chats", "{\"message\":{\"content\":\"%s\"}}".formatted(prompt))
                        .path("id")
                        .asText();
                node.api().streamUntil(chat, null, event -> event.path("seq").asInt() > 20);
                node.kill();
                assertThat(node.log()).doesNotContain(KEY);
            }
            try (NodeProcess node = up(directory, config)) {
                ChatApi api = node.api();
                List<JsonNode> seen = api.streamUntil(
                        chat, null, event -> event.path("status").asText().equals("waiting"));
                assertThat(seen).noneMatch(event -> event.path("type").asText().equals("preview_reset"));
                JsonNode messages = api.get("/chats/" + chat + "/messages").path("messages");
                assertThat(messages.path(1).path("content").path(0).path("text").asText())
                        .isEqualTo(FakeText.of(prompt, 90));
                assertThat(prompts(provider)).containsExactly(prompt, "reattach resp_1");
                assertThat(node.log()).doesNotContain(KEY);
            }
        }
    }

    private static NodeProcess up(Path directory, Path config) {
        return NodeProcess.up(directory.resolve("data"), "--config", config.toString());
    }

    private static List<String> prompts(FakeProviderProcess provider) {
        var prompts = new ArrayList<String>();
        provider.log()
                .path("calls")
                .forEach(call -> prompts.add(call.path("prompt").asText()));
        return prompts;
    }
}
