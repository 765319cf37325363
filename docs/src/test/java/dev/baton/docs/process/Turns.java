package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Turns that a client insists on: it sends a message again, under the same id, until it is told that it is kept. */
final class Turns {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ChatApi api;

    Turns(ChatApi api) {
        this.api = api;
    }

    String chat() {
        long start = System.nanoTime();
        ChatApi.Answer answer = api.send("POST", "/chats", "{}");
        while (answer.status() >= 500) {
            assertThat(System.nanoTime() - start).isLessThan(LIMIT.toNanos());
            answer = api.send("POST", "/chats", "{}");
        }
        return answer.body().path("id").asText();
    }

    void send(String chat, String id, String content) {
        long start = System.nanoTime();
        int status = 503;
        while (status >= 500) {
            assertThat(System.nanoTime() - start).as("sending %s", id).isLessThan(LIMIT.toNanos());
            status = api.send(
                            "POST",
                            "/chats/" + chat + "/messages",
                            "{\"content\":\"%s\",\"client_message_id\":\"%s\"}".formatted(content, id))
                    .status();
        }
        assertThat(status).isEqualTo(200);
    }

    /** Returns when the chat has nothing more to do. */
    void awaitEnd(String chat) {
        api.streamUntil(chat, null, event -> event.path("status").asText().equals("waiting"));
    }

    /** After every message of a person there is one answer, and nothing else. */
    void areAnsweredOnce(String chat, int turns) {
        List<String> roles = new ArrayList<>();
        for (JsonNode message :
                api.get("/chats/" + chat + "/messages?limit=200").path("messages")) {
            roles.add(message.path("role").asText());
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            expected.add("user");
            expected.add("assistant");
        }
        assertThat(roles).as("chat %s", chat).isEqualTo(expected);
    }
}
