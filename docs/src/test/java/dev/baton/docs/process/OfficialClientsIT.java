package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients that providers publish drive durable chats, as they are. */
class OfficialClientsIT {
    private static NodeProcess node;

    @BeforeAll
    static void start(@TempDir Path data) {
        node = NodeProcess.up(data);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai.mjs", "anthropic.mjs"})
    void findWhatTheyExpect(String script) {
        var environment = Map.of("BATON_URL", node.address().toString(), "BATON_TOKEN", token(node.api()));
        try (var running = NodeScripts.start(environment, script)) {
            assertThat(running.rest()).containsExactly("passed");
        }
    }

    static String token(ChatApi api) {
        return api.post("/tokens", "{\"name\":\"official client\",\"role\":\"user\"}")
                .path("token")
                .asText();
    }
}
