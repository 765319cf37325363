package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns that a client insists on: it asks again while the node answers that it cannot do it now, and sends a message again
 * under the same id.
 */
final class Turns {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ChatApi api;

    Turns(ChatApi api) {
        this.api = api;
    }

    String chat() {
        return insist("POST", "/chats", "{}").path("id").asText();
    }

    void send(String chat, String id, String content) {
        insist(
                "POST",
                "/chats/" + chat + "/messages",
                "{\"content\":\"%s\",\"client_message_id\":\"%s\"}".formatted(content, id));
    }

    /** Returns when the chat has nothing more to do. */
    void awaitEnd(String chat) {
        long start = System.nanoTime();
        while (!ended(chat)) {
            assertThat(System.nanoTime() - start).as("the end of chat %s", chat).isLessThan(LIMIT.toNanos());
        }
    }

    private boolean ended(String chat) {
        try {
            api.streamUntil(chat, null, event -> event.path("status").asText().equals("waiting"));
            return true;
        } catch (ChatApi.Refused refused) {
            if (refused.status() < 500) {
                throw refused;
            }
            return false;
        }
    }

    private JsonNode insist(String method, String path, @Nullable String json) {
        long start = System.nanoTime();
        ChatApi.Answer answer = api.send(method, path, json);
        while (answer.status() >= 500) {
            assertThat(System.nanoTime() - start).as("%s %s", method, path).isLessThan(LIMIT.toNanos());
            answer = api.send(method, path, json);
        }
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
        return answer.body();
    }

    /** After every message of a person there is one answer, and nothing else. */
    void areAnsweredOnce(String chat, int turns) {
        List<String> roles = new ArrayList<>();
        for (JsonNode message :
                insist("GET", "/chats/" + chat + "/messages?limit=200", null).path("messages")) {
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
