package dev.baton.client;

import static dev.baton.client.Answers.STREAM;
import static dev.baton.client.Answers.event;
import static dev.baton.client.Answers.json;
import static dev.baton.client.Answers.part;
import static dev.baton.client.Answers.partsBehind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ChatStreamTest {

    @Test
    void comesBackBehindTheLastEventWhereverTheConnectionIsCut() throws Exception {
        int whole = (STREAM + partsBehind("", 4)).getBytes(StandardCharsets.UTF_8).length;
        for (int cut = 0; cut <= whole; cut++) {
            int bytes = cut;
            try (var node = new ScriptedNode(call -> answerCutOnce(call, bytes));
                    var client = Clients.of(node);
                    var stream = client.stream("c")) {
                assertThat(Clients.parts(stream, 4)).as("cut at %d", cut).containsExactly(1, 2, 3, 4);
                assertThat(stream.cursor()).isEqualTo("5:1.1.4");
            }
        }
    }

    private static void answerCutOnce(ScriptedNode.Call call, int bytes) throws IOException {
        byte[] answer = (STREAM + partsBehind(call.header("Last-Event-ID"), 4)).getBytes(StandardCharsets.UTF_8);
        if (call.number() == 1) {
            call.out().write(Arrays.copyOf(answer, bytes));
        } else {
            call.out().write(answer);
            call.hold();
        }
    }

    @Test
    void aCleanEndOfTheAnswerIsNoEndOfTheStream() throws Exception {
        try (var node = new ScriptedNode(call ->
                        call.say(STREAM + part(call.number()) + "0\r\n\r\n").hold());
                var client = Clients.of(node);
                var stream = client.stream("c", "5:1.1.0")) {
            assertThat(Clients.parts(stream, 3)).containsExactly(1, 2, 3);
            assertThat(node.calls().stream().map(call -> call.header("Last-Event-ID")))
                    .containsExactly("5:1.1.0", "5:1.1.1", "5:1.1.2");
        }
    }

    @Test
    void goesToAnotherNodeWithTheCursorThatItIsSentAwayWith() throws Exception {
        ScriptedNode.Script sendsAway = call -> call.say(STREAM
                        + (call.header("Last-Event-ID").isEmpty()
                                ? part(1) + event("7", "reconnect", ",\"delay_ms\":1")
                                : part(9)))
                .hold();
        try (var one = new ScriptedNode(sendsAway);
                var other = new ScriptedNode(sendsAway);
                var client = Clients.of(one, other);
                var stream = client.stream("c")) {
            assertThat(Clients.parts(stream, 2)).containsExactly(1, 9);
            assertThat(one.calls()).hasSize(1);
            assertThat(other.calls()).hasSize(1);
            assertThat(stream.connections()).isEqualTo(2);
        }
    }

    @Test
    void isNotTurnedAwayByNodesThatAreLeavingOrGone() throws Exception {
        var gone = new ScriptedNode(call -> {});
        URI goneUrl = gone.url();
        gone.close();
        try (var leaving = new ScriptedNode(call -> call.say(json("503 Service Unavailable", "{}")));
                var staying = new ScriptedNode(call -> call.say(STREAM + partsBehind(call.header("Last-Event-ID"), 2))
                        .hold());
                var client = Clients.of(Clients.LONG, goneUrl, leaving.url(), staying.url());
                var stream = client.stream("c")) {
            assertThat(Clients.parts(stream, 2)).containsExactly(1, 2);
            assertThat(stream.trouble()).isEmpty();
        }
    }

    @Test
    void givesUpAPeerThatGivesNoSignOfLife() throws Exception {
        try (var node = new ScriptedNode(
                        call -> call.say(STREAM + partsBehind(call.header("Last-Event-ID"), call.number()))
                                .hold());
                var client = Clients.of(Duration.ofMillis(20), node.url());
                var stream = client.stream("c")) {
            assertThat(Clients.parts(stream, 3)).containsExactly(1, 2, 3);
            assertThat(node.calls()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void saysWhatItTriesToGetPast() throws Exception {
        try (var node = new ScriptedNode(call -> call.say(json(
                        "503 Service Unavailable", "{\"code\":\"database_unavailable\",\"detail\":\"no database\"}")));
                var client = Clients.of(node);
                var stream = client.stream("c")) {
            while (stream.trouble().isEmpty()) {
                assertThat(stream.next(Duration.ofMillis(1))).isEmpty();
            }
            assertThat(stream.trouble().orElseThrow()).endsWith("answered 503: no database");
        }
    }

    @Test
    void throwsWhatTryingAgainWouldNotChange() {
        for (String refusal : List.of("404 Not Found", "400 Bad Request", "401 Unauthorized")) {
            try (var node = new ScriptedNode(
                            call -> call.say(json(refusal, "{\"code\":\"some_code\",\"detail\":\"no\"}")));
                    var client = Clients.of(node);
                    var stream = client.stream("c")) {
                BatonException failure = catchThrowableOfType(BatonException.class, stream::next);
                assertThat(failure.status()).isEqualTo(Integer.parseInt(refusal.substring(0, 3)));
                assertThat(failure.code()).isEqualTo("some_code");
                assertThat(node.calls()).hasSize(1);
            }
        }
    }

    @Test
    void throwsWhenTheAnswerIsNoStream() {
        try (var node = new ScriptedNode(call -> call.say(json("200 OK", "{}")));
                var client = Clients.of(node);
                var stream = client.stream("c")) {
            assertThatThrownBy(stream::next).isInstanceOf(BatonException.class).hasMessageContaining("no event stream");
        }
    }

    @Test
    void asksForAddressesAtEachDial() throws Exception {
        var address = new AtomicReference<URI>();
        try (var one = new ScriptedNode(call -> call.say(STREAM + part(1)));
                var other = new ScriptedNode(call -> call.say(STREAM + part(2)).hold())) {
            address.set(one.url());
            var settings = ClientSettings.of(() -> List.of(address.get()));
            try (var client = new BatonClient(settings);
                    var stream = client.stream("c")) {
                assertThat(Clients.parts(stream, 1)).containsExactly(1);
                address.set(other.url());
                assertThat(Clients.parts(stream, 1)).containsExactly(2);
            }
        }
    }

    @Test
    void oneThreadAsksAtATime() throws Exception {
        try (var node = new ScriptedNode(call -> call.say(STREAM).hold());
                var client = Clients.of(node)) {
            ChatStream stream = client.stream("c");
            var asking = Threads.start(() -> {
                assertThatThrownBy(stream::next).isInstanceOf(ClosedException.class);
            });
            Threads.awaitWithin(asking.thread(), "StreamReader");
            assertThatThrownBy(stream::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already");
            stream.close();
            asking.join();
        }
    }

    @Test
    void refusesIdsAndCursorsThatWouldChangeTheRequest() {
        try (var client = Clients.of(Clients.LONG, URI.create("http://127.0.0.1:1"))) {
            assertThatThrownBy(() -> client.stream("../x")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.stream("c", "1\r\nX: y")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
