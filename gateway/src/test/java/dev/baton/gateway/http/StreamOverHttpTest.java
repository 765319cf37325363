package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.http.ApiScene.Answer;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.episode.PartBuffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamOverHttpTest {
    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void tellsTheSameByEventStreamAndWebSocket() throws Exception {
        String chat = scene.runningChat();
        try (var events = new EventStream(scene, "/chats/" + chat + "/stream?after=0");
                var socket = new Frames(scene, "/chats/" + chat + "/stream?after=0")) {
            say(chat, "one ", "two ", "three\u2028");
            finish(chat, 3);
            List<JsonNode> byEventStream = events.until(
                    status("waiting").and(event -> event.path("id").asText().startsWith("7")));
            List<JsonNode> byWebSocket = socket.until(
                    status("waiting").and(event -> event.path("id").asText().startsWith("7")));
            assertThat(byWebSocket).isEqualTo(byEventStream).hasSize(8);
        }
    }

    @Test
    void goesOnBehindTheLastEventId() throws Exception {
        String chat = scene.runningChat();
        finish(chat, 0);
        List<JsonNode> all;
        try (var events = new EventStream(scene, "/chats/" + chat + "/stream?after=0")) {
            all = events.until(event -> event.path("id").asText().startsWith("7"));
        }
        for (int i = 0; i < all.size() - 1; i++) {
            try (var events = new EventStream(
                    scene,
                    "/chats/" + chat + "/stream?after=0",
                    "Last-Event-ID",
                    all.get(i).path("id").asText())) {
                assertThat(events.until(event -> event.path("id").asText().startsWith("7")))
                        .isEqualTo(all.subList(i + 1, all.size()));
            }
        }
    }

    @Test
    void refusesBeforeTheUpgrade() {
        String chat = scene.chat();
        CompletableFuture<WebSocket> refused = scene.client
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + scene.port() + "/api/v1/chats/" + chat + "/stream?after=99"),
                        new WebSocket.Listener() {});
        assertThat(refused.handle((socket, failure) -> failure.getCause())
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join())
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        failure ->
                                assertThat(failure.getResponse().statusCode()).isEqualTo(400));
    }

    @Test
    void watchesTheListOfChats() throws Exception {
        String chat = scene.chat();
        try (var events = new EventStream(scene, "/watch")) {
            assertThat(events.next().path("type").asText()).isEqualTo("ready");
            scene.sockets.rowsWritten(scene.list.write(scene.state(chat)));
            JsonNode event = events.next();
            assertThat(event.path("type").asText()).isEqualTo("chat");
            assertThat(event.path("chat").path("id").asText()).isEqualTo(chat);
        }
    }

    @Test
    void endsProperlyWhenTheNodeLeaves() throws Exception {
        String chat = scene.runningChat();
        try (var events = new EventStream(scene, "/chats/" + chat + "/stream");
                var socket = new Frames(scene, "/chats/" + chat + "/stream");
                var list = new EventStream(scene, "/watch")) {
            events.until(status("running"));
            socket.until(status("running"));
            assertThat(ApiScene.get(scene.sockets.count())).isEqualTo(3);
            var drained = scene.sockets.drain(Duration.ofSeconds(10));
            assertThat(events.next().path("type").asText()).isEqualTo("reconnect");
            assertThat(events.line()).isNull();
            assertThat(list.until(event -> event.path("type").asText().equals("reconnect")))
                    .isNotEmpty();
            assertThat(socket.next().path("type").asText()).isEqualTo("reconnect");
            assertThat(socket.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
            ApiScene.get(drained);
        }
        Answer refused = scene.get("/chats/" + chat + "/stream");
        assertThat(refused.code()).isEqualTo("shutting_down");
    }

    @Test
    void forgetsAClientThatIsGoneWithoutAWord() throws Exception {
        String chat = scene.runningChat();
        try (var raw = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
            ask(raw, chat);
            assertThat(firstLine(raw)).contains("200 OK");
            raw.setSoLinger(true, 0);
        }
        ApiScene.get(scene.sockets.drain(Duration.ofSeconds(10)));
        assertThat(ApiScene.get(scene.sockets.count())).isZero();
    }

    @Test
    void goesOnForAClientThatHasClosedItsHalf() throws Exception {
        String chat = scene.runningChat();
        try (var raw = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
            ask(raw, chat);
            raw.setSoTimeout(10_000);
            raw.shutdownOutput();
            var lines = new BufferedReader(new InputStreamReader(raw.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).contains("200 OK");
            scene.finish(chat, "done");
            while (!lines.readLine().contains("\"status\":\"waiting\"")) {}
        }
    }

    private static void ask(Socket raw, String chat) throws IOException {
        raw.getOutputStream()
                .write(("GET /api/v1/chats/" + chat + "/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        raw.getOutputStream().flush();
    }

    private static String firstLine(Socket raw) throws IOException {
        var line = new StringBuilder();
        for (int next = raw.getInputStream().read();
                next >= 0 && next != '\n';
                next = raw.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    @Test
    void saysSomethingNowAndThen() throws Exception {
        try (var often = new ApiScene(ApiScene.stream(Duration.ofMillis(20), Duration.ofSeconds(60)))) {
            String chat = often.chat();
            try (var events = new EventStream(often, "/chats/" + chat + "/stream")) {
                events.next();
                assertThat(events.line()).isEqualTo(":");
            }
        }
    }

    @Test
    void cutsAClientThatReadsNoMore() throws Exception {
        try (var strict = new ApiScene(ApiScene.stream(Duration.ofMillis(100), Duration.ofMillis(300)))) {
            String chat = strict.runningChat();
            try (var raw = new Socket()) {
                raw.setReceiveBufferSize(4096);
                raw.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), strict.port()));
                ask(raw, chat);
                firstLine(raw);
                String much = "x".repeat(200_000);
                for (int i = 0; i < 15; i++) {
                    strict.post("/chats/" + chat + "/messages", "{\"content\":\"" + much + "\"}");
                }
                var late =
                        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(10, TimeUnit.SECONDS));
                int open = 1;
                while (open > 0 && !late.isDone()) {
                    open = ApiScene.get(strict.sockets.count());
                }
                assertThat(open).isZero();
            }
        }
    }

    private void say(String chat, String... words) {
        ChatState state = scene.state(chat);
        var answers = scene.kit.<Object>createTestProbe();
        scene.parts.tell(new PartBuffer.Open(state.episode(), answers.ref().narrow()));
        scene.parts.tell(new PartBuffer.Append(
                state.episode(),
                Stream.of(words).<Part>map(Part.Text::new).toList(),
                answers.ref().narrow()));
        answers.receiveSeveralMessages(2);
    }

    private void finish(String chat, int lastSeq) {
        ChatState state = scene.state(chat);
        scene.execute(
                chat, new ChatCommand.FinishTurn(MemoryChats.fence(state), MemoryChats.step("all of it", lastSeq)));
    }

    private static Predicate<JsonNode> status(String status) {
        return event -> event.path("status").asText().equals(status);
    }
}
