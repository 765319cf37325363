package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.gateway.auth.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose user needs no token on its own machine, asked by this test, which is that user. */
class AtHomeTest {
    private final ApiScene scene = ApiScene.atHome();

    @BeforeEach
    void isOnLinux() {
        assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")));
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void letsItsUserInAsAnOperator() {
        assertThat(scene.get("/cluster").status()).isEqualTo(200);
        assertThat(scene.post("/chats", "{}").body().path("owner").asText()).isEqualTo("local");
    }

    @Test
    void believesAWrongTokenNoMoreThanElsewhere() {
        assertThat(scene.call("GET", "/models", null, "Authorization", "Bearer x")
                        .status())
                .isEqualTo(401);
        String user = scene.token("ada", Role.USER).text();
        assertThat(scene.call("GET", "/cluster", null, "Authorization", "Bearer " + user)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=192.0.2.1",
                "X-Forwarded-For: 192.0.2.1",
                "X-Forwarded-Host: chat.example.com",
                "X-Real-IP: 192.0.2.1",
                "Via: 1.1 proxy"
            })
    void wantsATokenOfWhatAProxyHandsOn(String header) throws IOException {
        assertThat(raw("GET /api/v1/chats/x HTTP/1.1", "Host: localhost", header))
                .contains(" 401 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example:80", ""})
    void refusesRequestsForNamesThatAreNotThisMachines(String host) throws IOException {
        assertThat(raw("GET /api/v1/models HTTP/1.1", "Host: " + host)).doesNotContain(" 200 ");
        assertThat(raw("POST /api/v1/cluster/leave HTTP/1.1", "Host: " + host, "Content-Length: 0"))
                .doesNotContain(" 202 ");
        assertThat(scene.cluster.leaving).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST:9999", "127.0.0.1:1", "[::1]:8080"})
    void answersRequestsForThisMachine(String host) throws IOException {
        assertThat(raw("GET /api/v1/models HTTP/1.1", "Host: " + host)).contains(" 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void refusesWhatOtherPagesHaveTheBrowserAskFor(String header) throws IOException {
        assertThat(raw("POST /api/v1/cluster/leave HTTP/1.1", "Host: localhost", header, "Content-Length: 0"))
                .contains(" 403 ");
        assertThat(raw("GET /api/v1/chats/x HTTP/1.1", "Host: localhost", header))
                .contains(" 403 ");
        assertThat(scene.cluster.leaving).isEmpty();
    }

    @Test
    void answersItsOwnPage() throws IOException {
        assertThat(raw(
                        "GET /api/v1/models HTTP/1.1",
                        "Host: localhost:8080",
                        "Origin: http://localhost:8080",
                        "Sec-Fetch-Site: same-origin"))
                .contains(" 200 ");
        assertThat(raw("GET /api/v1/models HTTP/1.1", "Host: localhost:8080", "Sec-Fetch-Site: none"))
                .contains(" 200 ");
    }

    /** The first line of the answer to a request that Java's own client would not send. */
    private String raw(String... lines) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
            socket.setSoTimeout(10_000);
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return line == null ? "" : line;
        }
    }
}
