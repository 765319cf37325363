package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.auth.Role;
import dev.baton.gateway.auth.Tokens;
import dev.baton.gateway.http.ApiScene.Answer;
import dev.baton.gateway.http.LiveClient.Way;
import dev.baton.persistence.chat.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Walks all routes with all kinds of callers. */
class RouteAccessTest {
    private static final Set<String> STREAMS = Set.of("/chats/{chat}/stream", "/watch");

    private static final Map<String, String> BODIES = Map.of(
            "/chats/{chat}/messages",
            "{\"content\":\"hi\"}",
            "/chats/{chat}/messages/{message}",
            "{\"content\":\"hi\"}",
            "/chats/{chat}/tool-results",
            "{\"results\":[]}");

    private final ApiScene scene = ApiScene.withTokens();
    private final String ada = bearer(scene.token("ada", Role.USER));
    private final String mallory = bearer(scene.token("mallory", Role.USER));
    private final String operator = bearer(scene.token("root", Role.OPERATOR));
    private final String chat = scene.call("POST", "/chats", "{}", "Authorization", ada)
            .body()
            .path("id")
            .asText();

    @AfterEach
    void stop() {
        scene.close();
    }

    private static String bearer(Tokens.Made made) {
        return "Bearer " + made.text();
    }

    @Test
    void withoutATokenOrWithABadOneNothingButTheNodesHealthIsToldToAnybody() {
        List<String> open = new ArrayList<>();
        for (Endpoint endpoint : scene.api.endpoints()) {
            Answer without = ask(endpoint);
            if (endpoint.access() == Access.EVERYBODY) {
                open.add(endpoint.path().text());
                assertThat(without.status()).isEqualTo(200);
                continue;
            }
            refuses(without);
            refuses(ask(endpoint, "Authorization", "Bearer nonsense"));
            refuses(ask(endpoint, "Authorization", bearer("baton_" + "0".repeat(49))));
            refuses(ask(endpoint, "Authorization", ada.replace("Bearer", "Basic")));
            refuses(ask(endpoint, "Authorization", ada + "x"));
            refuses(ask(endpoint, "x-api-key", ""));
        }
        assertThat(open).containsExactlyInAnyOrder("/openapi.json", "/health/live", "/health/ready");
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }

    private static void refuses(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void toAForeignUserAChatDoesNotExist() {
        String before = show(ada).toString();
        for (Endpoint endpoint : scene.api.endpoints()) {
            if (endpoint.path().text().contains("{chat}")) {
                Answer answer = ask(endpoint, "Authorization", mallory);
                assertThat(answer.status()).as("%s", answer).isEqualTo(404);
                assertThat(answer.code()).isEqualTo("chat_not_found");
            }
        }
        assertThat(show(ada)).hasToString(before);
    }

    @Test
    void whatIsForOperatorsIsForbiddenToUsersAndChangesNothing() {
        List<String> forOperators = new ArrayList<>();
        for (Endpoint endpoint : scene.api.endpoints()) {
            if (endpoint.access() == Access.OPERATORS) {
                forOperators.add(
                        endpoint.method().name() + " " + endpoint.path().text());
                Answer answer = ask(endpoint, "Authorization", mallory);
                assertThat(answer.status()).as("%s", answer).isEqualTo(403);
                assertThat(answer.code()).isEqualTo("operator_required");
            }
        }
        assertThat(forOperators)
                .containsExactlyInAnyOrder(
                        "GET /cluster",
                        "POST /cluster/leave",
                        "GET /cluster/takeovers",
                        "POST /tokens",
                        "GET /tokens",
                        "DELETE /tokens/{token}",
                        "GET /providers",
                        "POST /providers/reload",
                        "GET /budgets",
                        "GET /budgets/{kind}/{name}",
                        "PUT /budgets/{kind}/{name}",
                        "DELETE /budgets/{kind}/{name}");
        assertThat(scene.cluster.leaving).isEmpty();
    }

    @Test
    void operatorsAreRefusedNowhere() {
        for (Endpoint endpoint : scene.api.endpoints()) {
            if (!STREAMS.contains(endpoint.path().text())) {
                assertThat(ask(endpoint, "Authorization", operator).status())
                        .as(endpoint.path().text())
                        .isNotIn(401, 403)
                        .isLessThan(500);
            }
        }
        assertThat(scene.cluster.leaving).hasSize(1);
    }

    @Test
    void streamsOpenToOwnersAndOperatorsAlone() throws Exception {
        for (Way way : Way.values()) {
            assertThat(way.refusal(scene, path("/watch"))).isEqualTo(401);
            assertThat(way.refusal(scene, path("/chats/{chat}/stream"))).isEqualTo(401);
            assertThat(way.refusal(scene, path("/chats/{chat}/stream"), "Authorization", mallory))
                    .isEqualTo(404);
            for (String allowed : List.of(ada, operator)) {
                try (var stream = way.open(scene, path("/chats/{chat}/stream"), "Authorization", allowed)) {
                    assertThat(stream.next().path("type").asText()).isEqualTo("status");
                }
            }
        }
    }

    @Test
    void listsAndWatchesShowUsersTheirOwnAndOperatorsAll() throws Exception {
        String other = scene.call("POST", "/chats", "{}", "Authorization", mallory)
                .body()
                .path("id")
                .asText();
        scene.list.write(scene.state(chat));
        scene.list.write(scene.state(other));
        assertThat(listed("/chats", ada)).containsExactly(chat);
        assertThat(listed("/chats?owner=mallory", ada)).containsExactly(chat);
        assertThat(listed("/chats?q=", mallory)).containsExactly(other);
        assertThat(listed("/chats", operator)).containsExactlyInAnyOrder(chat, other);
        assertThat(listed("/chats?owner=mallory", operator)).containsExactly(other);
        assertThat(watched("/watch?after=0&owner=mallory", ada, 1)).containsExactly(chat);
        assertThat(watched("/watch?after=0", operator, 2)).containsExactlyInAnyOrder(chat, other);
    }

    private List<String> listed(String path, String token) {
        List<String> ids = new ArrayList<>();
        scene.call("GET", path, null, "Authorization", token)
                .body()
                .path("chats")
                .forEach(row -> ids.add(row.path("id").asText()));
        return ids;
    }

    private List<String> watched(String path, String token, int count) throws Exception {
        List<String> ids = new ArrayList<>();
        try (var events = new EventStream(scene, path, "Authorization", token)) {
            while (ids.size() < count) {
                JsonNode event = events.next();
                if (event.has("chat")) {
                    ids.add(event.path("chat").path("id").asText());
                }
            }
        }
        return ids;
    }

    @Test
    void theMetricsAreForOperators() throws Exception {
        assertThat(metrics(ada)).isEqualTo(403);
        assertThat(metrics("Bearer x")).isEqualTo(401);
        assertThat(metrics(operator)).isEqualTo(200);
    }

    private int metrics(String token) throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(scene.uri("/metrics"))
                .header("Authorization", token)
                .build();
        return scene.client
                .send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private JsonNode show(String token) {
        return scene.call("GET", "/chats/" + chat, null, "Authorization", token).body();
    }

    private Answer ask(Endpoint endpoint, String... headers) {
        String method = endpoint.method().name().toUpperCase(Locale.ROOT);
        String body = Set.of("POST", "PATCH").contains(method)
                ? BODIES.getOrDefault(endpoint.path().text(), "{}")
                : null;
        return scene.call(method, path(endpoint.path().text()), body, headers);
    }

    private String path(String template) {
        return template.replace("{chat}", chat)
                .replace("{message}", new MessageId(1).toString())
                .replace("{queued}", "q1")
                .replace("{call}", OneCall.ID.toString())
                .replace("{kind}", "owner")
                .replace("{name}", "ada")
                .replace("{token}", "00000000-0000-0000-0000-000000000000");
    }
}
