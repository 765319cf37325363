package dev.baton.client;

import static dev.baton.client.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
    void givesUpANodeThatDoesNotTakeTheRequest() {
        var over = new CountDownLatch(1);
        try (var hung = new ScriptedNode(call -> await(over));
                var client = Clients.impatient(hung.url())) {
            BatonException failure = catchThrowableOfType(BatonException.class, () -> client.send("c", Clients.HUGE));
            over.countDown();
            assertThat(failure).hasMessageContaining("was not taken within").hasCauseInstanceOf(IOException.class);
            assertThat(hung.calls()).hasSize(1);
        }
    }

    @Test
    void sendsToAnotherNodeWhatOneDoesNotTake() {
        var over = new CountDownLatch(1);
        try (var hung = new ScriptedNode(call -> await(over));
                var taking = new ScriptedNode(call -> {
                    call.in().skipNBytes(Long.parseLong(call.header("Content-Length")));
                    call.say(json("200 OK", "{\"queued\":false}"));
                });
                var client = Clients.patient(Duration.ofMillis(300), hung.url(), taking.url())) {
            assertThat(client.send("c", Clients.HUGE).path("queued").asBoolean(true))
                    .isFalse();
            over.countDown();
        }
    }

    static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
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
