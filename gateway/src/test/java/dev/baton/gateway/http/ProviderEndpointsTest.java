package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderEndpointsTest {
    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void showsHowProvidersFareWithoutTheirKeys() {
        JsonNode body = scene.get("/providers").body();
        JsonNode provider = body.path("providers").path(0);
        assertThat(provider.path("name").asText()).isEqualTo("local");
        assertThat(provider.path("type").asText()).isEqualTo("openai-responses");
        assertThat(provider.path("enabled").asBoolean()).isTrue();
        assertThat(provider.path("keys").asInt()).isEqualTo(2);
        JsonNode model = provider.path("models").path(0);
        assertThat(model.path("breaker").asText()).isEqualTo("half_open");
        assertThat(model.path("keys_aside").asInt()).isEqualTo(1);
        assertThat(model.path("last_failure").path("kind").asText()).isEqualTo("rate_limit");
        assertThat(provider.path("models").path(1).has("last_failure")).isFalse();
    }

    @Test
    void readsTheConfigurationAgain() {
        assertThat(scene.post("/providers/reload", null).status()).isEqualTo(200);
        assertThat(scene.providers.reloads).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongWithTheConfiguration() {
        scene.providers.wrong = "baton.bridge.providers.x.type (y) must be one of z";
        var answer = scene.post("/providers/reload", null);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("configuration_invalid");
        assertThat(answer.body().path("detail").asText()).contains("providers.x.type (y)");
    }
}
