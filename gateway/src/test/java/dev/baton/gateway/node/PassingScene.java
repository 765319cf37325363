package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.bridge.fake.FakeProvider;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Doors before two fake providers. Each test ends with no call open anywhere, and each call was accounted for. */
abstract class PassingScene {
    static final Duration LIMIT = Duration.ofSeconds(15);

    final FakeProvider first = FakeProvider.start();
    final FakeProvider second = FakeProvider.start();
    final DoorScene scene = new DoorScene("""
            silence-timeout = 10 minutes
            breaker.failures = 1000
            models {
              smart { targets = ["a/fake-20-0", "b/fake-20-0"] }
              mixed { targets = ["responses/fake-20-0", "b/fake-20-0"] }
            }
            providers {
              a { type = openai, base-url = "%1$s", api-keys = ["alpha-secret", "beta-secret"], models { fake-20-0 {} } }
              b { type = openai, base-url = "%2$s", models { fake-20-0 {} } }
              openai { type = openai, base-url = "%1$s", api-keys = ["topsecret"], models { fake-20-0 {} } }
              responses { type = openai-responses, base-url = "%1$s", api-keys = ["topsecret"], models { fake-20-0 {} } }
              anthropic { type = anthropic, base-url = "%1$s", api-keys = ["topsecret"], models { fake-20-0 {} } }
            }
            """.formatted(first.baseUrl(), second.baseUrl()));

    @AfterEach
    void leavesNothingOpen() throws Exception {
        scene.bridge.close(LIMIT).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(scene.bridge.openCalls()).isZero();
        for (FakeProvider fake : List.of(first, second)) {
            if (fake.log().count() > 0) {
                fake.log().awaitAllEnded(LIMIT);
            }
            fake.close();
        }
        assertThat(scene.accounts.open()).isZero();
        scene.close();
    }

    /** What the provider says itself to the same request. */
    final String direct(Spoken spoken, String body) throws Exception {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), first.url().getPort())) {
            send(socket, spoken.path, body);
            return bodyOf(socket.getInputStream());
        }
    }

    final String raw(String path, String body) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
            send(socket, path, body);
            return bodyOf(socket.getInputStream());
        }
    }

    static void send(Socket socket, String path, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        socket.setSoTimeout(15_000);
        String head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ada\r\nContent-Type: application/json\r\n"
                                .formatted(path)
                        + "Content-Length: %d\r\n\r\n".formatted(bytes.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The body, by whatever framing. */
    private static String bodyOf(InputStream in) throws Exception {
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            head += (char) in.read();
        }
        if (!head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var body = new ByteArrayOutputStream();
        while (true) {
            String size = "";
            while (!size.endsWith("\r\n")) {
                size += (char) in.read();
            }
            int length = Integer.parseInt(size.strip(), 16);
            if (length == 0) {
                return body.toString(StandardCharsets.UTF_8);
            }
            body.write(in.readNBytes(length));
            in.readNBytes(2);
        }
    }
}
