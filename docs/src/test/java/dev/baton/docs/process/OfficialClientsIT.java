package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients that providers publish drive durable chats, and models that are no chats, as they are. */
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

    /** Each call is in the ledger with what it used. */
    @Test
    void askModelsThatAreNoChats(@TempDir Path directory) throws IOException {
        try (FakeProviderProcess provider = FakeProviderProcess.start()) {
            Path config = Files.writeString(directory.resolve("baton.conf"), """
                    baton.budgets.refresh = 0
                    baton.bridge.providers {
                      completions { type = openai, base-url = "%1$s", models { m {} } }
                      responses { type = openai-responses, base-url = "%1$s", models { m {} } }
                      messages { type = anthropic, base-url = "%1$s", models { m {} } }
                    }
                    """.formatted(provider.baseUrl()));
            try (NodeProcess passing = NodeProcess.up(directory.resolve("data"), "--config", config.toString())) {
                ChatApi api = passing.api();
                String token = token(api);
                var environment = Map.of("BATON_URL", passing.address().toString(), "BATON_TOKEN", token);
                try (var running = NodeScripts.start(environment, "passing.mjs")) {
                    assertThat(running.rest()).containsExactly("passed");
                }
                JsonNode calls = api.get("/audit?limit=100").path("calls");
                assertThat(calls.findValuesAsText("outcome"))
                        .contains("done", "failed")
                        .doesNotContain("running");
                calls.forEach(call -> {
                    if (call.path("outcome").asText().equals("done")) {
                        assertThat(call.path("usage").path("output_tokens").asInt())
                                .as("%s", call)
                                .isPositive();
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai.mjs", "anthropic.mjs", "aisdk.mjs"})
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
