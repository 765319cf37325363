package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.auth.Role;
import dev.baton.gateway.auth.Tokens;
import dev.baton.gateway.http.ApiScene.Answer;
import dev.baton.gateway.http.LiveClient.Way;
import dev.baton.gateway.stream.MemoryChats;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensOverHttpTest {
    private final ApiScene scene = ApiScene.withTokens();
    private final String operator =
            "Bearer " + scene.token("root", Role.OPERATOR).text();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void areMadeShownOnceAndListedWithoutWhatMakesThemOne() {
        Answer made = asOperator("POST", "/tokens", "{\"name\":\"laptop\",\"role\":\"user\",\"owner\":\"ada\"}");
        assertThat(made.status()).isEqualTo(201);
        String token = made.body().path("token").asText();
        assertThat(token).startsWith("baton_");
        assertThat(made.body().path("owner").asText()).isEqualTo("ada");
        assertThat(made.body().path("created_by").asText()).isEqualTo("root");
        Answer list = asOperator("GET", "/tokens", null);
        assertThat(list.body().path("tokens")).hasSize(2);
        assertThat(list.body().toString()).contains("laptop").doesNotContain("baton_", "hash");
        Answer page = asOperator("GET", "/tokens?limit=1", null);
        assertThat(page.body().path("next_cursor").asText()).isNotEmpty();
    }

    @Test
    void ownersOfChatsAreThoseOfTheirMakersTokens() {
        Tokens.Made ada = scene.token("ada", Role.USER);
        Answer chat = scene.call("POST", "/chats", "{}", "x-api-key", ada.text());
        assertThat(chat.body().path("owner").asText()).isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"user\"}",
                "{\"name\":\"a\"}",
                "{\"name\":\"a\",\"role\":\"god\"}",
                "{\"name\":\" a\",\"role\":\"user\"}",
                "{\"name\":\"a\\u0000\",\"role\":\"user\"}",
                "{\"name\":\"a\",\"role\":\"user\",\"owner\":\"\"}",
                "{\"name\":\"a\",\"role\":\"user\",\"expires_in\":\"soon\"}",
                "{\"name\":\"a\",\"role\":\"user\",\"more\":1}"
            })
    void areNotMadeOfNonsense(String wish) {
        Answer refused = asOperator("POST", "/tokens", wish);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("request_invalid");
    }

    @Test
    void expire() {
        JsonNode made = asOperator("POST", "/tokens", "{\"name\":\"a\",\"role\":\"user\",\"expires_in\":\"2h\"}")
                .body();
        assertThat(made.path("expires_at").asText())
                .isEqualTo(MemoryChats.NOW.plus(Duration.ofHours(2)).toString());
    }

    @Test
    void openNothingOnceTheyAreRevoked() {
        Tokens.Made ada = scene.token("ada", Role.USER);
        assertThat(scene.call("GET", "/models", null, "x-api-key", ada.text()).status())
                .isEqualTo(200);
        Answer revoked = asOperator("DELETE", "/tokens/" + ada.token().id(), null);
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.body().has("revoked_at")).isTrue();
        assertThat(revoked.body().path("unconfirmed")).isEmpty();
        Answer refused = scene.call("GET", "/models", null, "x-api-key", ada.text());
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().path("detail").asText()).contains("revoked");
        Answer again = asOperator("DELETE", "/tokens/" + ada.token().id(), null);
        assertThat(again.body()).isEqualTo(revoked.body());
        for (String nobody : List.of("00000000-0000-0000-0000-000000000000", "x")) {
            Answer unknown = asOperator("DELETE", "/tokens/" + nobody, null);
            assertThat(unknown.code()).isEqualTo("token_not_found");
        }
    }

    @ParameterizedTest
    @EnumSource
    void endTheirStreamsWhenTheyAreRevoked(Way way) throws Exception {
        Tokens.Made ada = scene.token("ada", Role.USER);
        Tokens.Made other = scene.token("ada", Role.USER);
        String chat = scene.call("POST", "/chats", "{}", "x-api-key", ada.text())
                .body()
                .path("id")
                .asText();
        try (var stream = way.open(scene, "/chats/" + chat + "/stream", "x-api-key", ada.text());
                var watch = way.open(scene, "/watch", "x-api-key", ada.text());
                var goesOn = way.open(scene, "/watch", "x-api-key", other.text())) {
            assertThat(stream.next().path("type").asText()).isEqualTo("status");
            assertThat(watch.next().path("type").asText()).isEqualTo("ready");
            assertThat(goesOn.next().path("type").asText()).isEqualTo("ready");
            asOperator("DELETE", "/tokens/" + ada.token().id(), null);
            for (LiveClient ended : List.of(stream, watch)) {
                JsonNode last = ended.next();
                assertThat(last.path("type").asText()).isEqualTo("unauthenticated");
                assertThat(last.path("reason").asText()).isEqualTo("revoked");
                assertThat(ended.endsProperly()).isTrue();
            }
            scene.sockets.rowsWritten(scene.list.write(scene.state(chat)));
            assertThat(goesOn.next().path("type").asText()).isEqualTo("chat");
        }
        ApiScene.get(scene.sockets.drain(Duration.ofSeconds(10)));
    }

    @Test
    void comeWithABrowsersWebSocketAsAProtocolItOffers() throws Exception {
        Tokens.Made ada = scene.token("ada", Role.USER);
        var listener = new WebSocket.Listener() {};
        WebSocket socket = scene.client
                .newWebSocketBuilder()
                .subprotocols("baton", "baton.bearer." + ada.text())
                .buildAsync(URI.create("ws://127.0.0.1:" + scene.port() + "/api/v1/watch"), listener)
                .join();
        assertThat(socket.getSubprotocol()).isEqualTo("baton");
        socket.abort();
        assertThat(Way.WEB_SOCKET.refusal(scene, "/watch")).isEqualTo(401);
    }

    @Test
    void doNotCountInTheAddress() {
        Tokens.Made ada = scene.token("ada", Role.USER);
        assertThat(scene.get("/models?token=" + ada.text() + "&access_token=" + ada.text())
                        .status())
                .isEqualTo(401);
    }

    private Answer asOperator(String method, String path, @Nullable String body) {
        return scene.call(method, path, body, "Authorization", operator);
    }
}
