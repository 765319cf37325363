package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API and the streams over real chats, real runners and a real database. */
class ApiOnDatabaseTest {
    private final DatabaseScene scene;

    ApiOnDatabaseTest(@TempDir Path directory) {
        scene = new DatabaseScene(directory);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void carriesATurnFromTheMessageToEveryClient() throws Exception {
        try (var list = new EventStream(scene, "/watch")) {
            assertThat(list.next().path("type").asText()).isEqualTo("ready");
            String chat = post("/chats", "{\"message\":{\"content\":\"words=40 rate=400\"}}")
                    .path("id")
                    .asText();
            List<JsonNode> live;
            try (var events = new EventStream(scene, "/chats/" + chat + "/stream")) {
                live = events.until(ApiOnDatabaseTest::isIdle);
            }
            assertThat(live.stream().filter(event -> event.path("type").asText().equals("message_part")))
                    .hasSizeGreaterThan(10);
            assertThat(answer(live)).isEqualTo(parts(live)).isNotEmpty();

            List<JsonNode> all;
            try (var events = new EventStream(scene, "/chats/" + chat + "/stream?after=1")) {
                all = events.until(ApiOnDatabaseTest::isIdle);
            }
            assertThat(parts(all)).isEqualTo(parts(live));
            for (int i = 0; i < all.size() - 1; i++) {
                String cursor = all.get(i).path("id").asText();
                try (var events = new EventStream(scene, "/chats/" + chat + "/stream?after=" + cursor)) {
                    assertThat(events.until(ApiOnDatabaseTest::isIdle)).isEqualTo(all.subList(i + 1, all.size()));
                }
            }
            list.until(event -> event.path("chat").path("id").asText().equals(chat)
                    && event.path("chat").path("status").asText().equals("waiting"));
            JsonNode page = call("GET", "/chats?q=words", "");
            assertThat(page.path("chats").path(0).path("id").asText()).isEqualTo(chat);
        }
    }

    private static boolean isIdle(JsonNode event) {
        return event.path("status").asText().equals("waiting");
    }

    private static String answer(List<JsonNode> events) {
        JsonNode last = events.stream()
                .filter(event -> event.path("message").path("role").asText().equals("assistant"))
                .findFirst()
                .orElseThrow();
        return last.path("message").path("content").path(0).path("text").asText();
    }

    private static String parts(List<JsonNode> events) {
        var text = new StringBuilder();
        events.stream()
                .filter(event -> event.path("type").asText().equals("message_part"))
                .forEach(event -> text.append(event.path("part").path("text").asText()));
        return text.toString();
    }

    private JsonNode post(String path, String body) throws Exception {
        return call("POST", path, body);
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(scene.uri("/api/v1" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = scene.client().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return ApiScene.json(response.body());
    }
}
