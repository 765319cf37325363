package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that go without a word, half, or not at all. */
class GoneClientsTest {
    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void forgetsAClientThatIsGoneWithoutAWord() throws Exception {
        String chat = scene.runningChat();
        try (var raw = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
            ask(raw, chat);
            assertThat(firstLine(raw)).contains("200 OK");
            raw.setSoLinger(true, 0);
        }
        awaitSockets(scene, 0);
    }

    @Test
    void forgetsAWebSocketThatIsGoneWithoutAWord() throws Exception {
        String chat = scene.runningChat();
        try (var raw = new RawWebSocket(scene.port(), "/chats/" + chat + "/stream");
                var other = new RawWebSocket(scene.port(), "/chats/" + chat + "/stream")) {
            raw.next(RawWebSocket.TEXT);
            other.next(RawWebSocket.TEXT);
            awaitSockets(scene, 2);
            assertThat(scene.chats.subscribers(ApiScene.id(chat))).isEqualTo(2);
            raw.vanish();
            awaitSockets(scene, 1);
            assertThat(scene.chats.subscribers(ApiScene.id(chat))).isEqualTo(1);
            scene.finish(chat, "done");
            while (!other.next(RawWebSocket.TEXT).text().contains("\"status\":\"waiting\"")) {}
        }
        awaitSockets(scene, 0);
        assertThat(scene.chats.subscribers(ApiScene.id(chat))).isZero();
    }

    @Test
    void forgetsAWebSocketThatIsAbortedByItsLibrary() throws Exception {
        String chat = scene.runningChat();
        var client = new Frames(scene, "/chats/" + chat + "/stream");
        client.next();
        awaitSockets(scene, 1);
        client.close();
        awaitSockets(scene, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chats/%s/stream", "/watch"})
    void cutsAWebSocketThatAnswersNoPing(String path) throws Exception {
        try (var strict = new ApiScene(ApiScene.stream(Duration.ofMillis(50), Duration.ofMillis(200)))) {
            String chat = strict.runningChat();
            try (var silent = new RawWebSocket(strict.port(), path.formatted(chat))) {
                silent.next(RawWebSocket.TEXT);
                silent.next(RawWebSocket.PING);
                silent.readToTheEnd();
                awaitSockets(strict, 0);
            }
        }
    }

    @Test
    void keepsAWebSocketThatAnswersPings() throws Exception {
        try (var strict = new ApiScene(ApiScene.stream(Duration.ofMillis(300), Duration.ofMillis(1200)))) {
            String chat = strict.runningChat();
            try (var alive = new RawWebSocket(strict.port(), "/chats/" + chat + "/stream")) {
                for (int ping = 1; ping <= 8; ping++) {
                    alive.next(RawWebSocket.PING);
                    alive.say(RawWebSocket.PONG);
                }
                strict.finish(chat, "done");
                while (!alive.next(RawWebSocket.TEXT).text().contains("\"status\":\"waiting\"")) {}
            }
        }
    }

    /** Signals between the kernel, the stream and its actor take their time. */
    private static void awaitSockets(ApiScene scene, int count) {
        var late = CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(15, TimeUnit.SECONDS));
        int open = ApiScene.get(scene.sockets.count());
        while (open != count && !late.isDone()) {
            open = ApiScene.get(scene.sockets.count());
        }
        assertThat(open).isEqualTo(count);
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
                awaitSockets(strict, 0);
            }
        }
    }
}
