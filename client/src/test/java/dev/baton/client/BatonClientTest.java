package dev.baton.client;

import static dev.baton.client.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatonClientTest {

    @Test
    void asksAnotherNodeTheSameWithTheSameName() {
        try (var leaving = new ScriptedNode(call -> call.say(json("503 Service Unavailable", "{}")));
                var staying = new ScriptedNode(call -> call.say(json("201 Created", "{\"id\":\"c\"}")));
                var client = Clients.of(leaving, staying)) {
            for (int chat = 0; chat < 10; chat++) {
                assertThat(client.create().path("id").asText()).isEqualTo("c");
            }
            assertThat(leaving.calls()).isNotEmpty();
            List<String> keys = staying.calls().stream()
                    .map(call -> call.header("Idempotency-Key"))
                    .toList();
            assertThat(keys).doesNotHaveDuplicates().hasSize(10);
            assertThat(leaving.calls()).allSatisfy(call -> assertThat(keys).contains(call.header("Idempotency-Key")));
        }
    }

    @Test
    void givesEachMessageAName() {
        try (var node = new ScriptedNode(call -> {
                    byte[] body = call.in().readNBytes(Integer.parseInt(call.header("Content-Length")));
                    call.out()
                            .write(json("200 OK", new String(body, StandardCharsets.UTF_8))
                                    .getBytes(StandardCharsets.UTF_8));
                });
                var client = Clients.of(node)) {
            assertThat(client.send("c", "Grüße").path("content").asText()).isEqualTo("Grüße");
            assertThat(client.send("c", "x").path("client_message_id").asText()).isNotEmpty();
        }
    }

    @Test
    void readsAllPagesOfMessages() {
        try (var node = new ScriptedNode(call -> call.say(json(
                        "200 OK",
                        call.head().contains("cursor=p2")
                                ? "{\"messages\":[{\"id\":3}]}"
                                : "{\"messages\":[{\"id\":1},{\"id\":2}],\"next_cursor\":\"p2\"}")));
                var client = Clients.of(node)) {
            assertThat(client.messages("c").stream()
                            .map(message -> message.path("id").asInt()))
                    .containsExactly(1, 2, 3);
        }
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        try (var node = new ScriptedNode(
                        call -> call.say(json("409 Conflict", "{\"code\":\"chat_busy\",\"detail\":\"busy\"}")));
                var client = Clients.of(node)) {
            BatonException failure = catchThrowableOfType(BatonException.class, () -> client.send("c", "x"));
            assertThat(failure.code()).isEqualTo("chat_busy");
            assertThat(failure.status()).isEqualTo(409);
            assertThat(node.calls()).hasSize(1);
        }
    }
}
