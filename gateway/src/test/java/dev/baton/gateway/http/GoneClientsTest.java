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
}
