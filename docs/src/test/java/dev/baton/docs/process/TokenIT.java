package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, by processes as users run them. */
class TokenIT {
    private static final String LOCAL_TOKEN = "local-token";
    private static final String NOBODY = "65534";

    @Test
    void aTokenRevokedAtOneNodeEndsTheStreamsOfAllAndIsToldToNobody(@TempDir Path directory) throws Exception {
        try (var cluster = ClusterProcesses.start(2, directory, "baton.auth.mode = token")) {
            NodeProcess one = cluster.node(0);
            NodeProcess other = cluster.node(1);
            assertThat(one.api().send("GET", "/chats", null).status()).isEqualTo(401);
            String own = Files.readString(directory.resolve(LOCAL_TOKEN)).strip();
            ChatApi operator = one.api(own);
            JsonNode made = operator.post("/tokens", "{\"name\":\"ada\",\"role\":\"user\"}");
            String token = made.path("token").asText();
            ChatApi ada = other.api(token);
            String chat = ada.post("/chats", "{\"message\":{\"content\":\"words=900 rate=20\"}}")
                    .path("id")
                    .asText();
            try (ChatApi.Stream here = one.api(token).stream(chat, null);
                    ChatApi.Stream there = ada.stream(chat, null);
                    Stream<String> response = response(other.address(), token)) {
                Iterator<String> lines = response.iterator();
                here.until(ofType("message_part"));
                there.until(ofType("message_part"));
                assertThat(last(lines, line -> line.startsWith("event: response.output_text.delta")))
                        .contains("delta");
                JsonNode revoked = operator.send(
                                "DELETE", "/tokens/" + made.path("id").asText(), null)
                        .body();
                assertThat(revoked.path("unconfirmed")).isEmpty();
                assertThat(ada.send("GET", "/chats/" + chat, null).status()).isEqualTo(401);
                for (ChatApi.Stream stream : List.of(here, there)) {
                    List<JsonNode> rest = stream.rest();
                    assertThat(rest.get(rest.size() - 1).path("type").asText()).isEqualTo("unauthenticated");
                }
                assertThat(last(lines, line -> !lines.hasNext())).contains("error", "unauthenticated");
            }
            assertThat(operator.get("/chats/" + chat).path("owner").asText()).isEqualTo("ada");
            for (NodeProcess node : List.of(one, other)) {
                assertThat(node.said()).doesNotContain(token, own, hash(token), hash(own));
            }
        }
    }

    @Test
    void aNodeOnALaptopIsForItsUserAlone(@TempDir Path data) throws Exception {
        try (NodeProcess node = NodeProcess.up(data)) {
            Path file = data.resolve(LOCAL_TOKEN);
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            String own = Files.readString(file).strip();
            assertThat(node.api(own).get("/cluster").path("nodes")).hasSize(1);
            assertThat(node.api("x").send("GET", "/cluster", null).status()).isEqualTo(401);
            String token = node.api()
                    .post("/tokens", "{\"name\":\"ada\",\"role\":\"user\"}")
                    .path("token")
                    .asText();
            node.api(token).post("/chats", "{}");
            if (canBeAnother()) {
                assertThat(askedAs(NOBODY, node.address(), "")).contains(" 401 ");
                assertThat(askedAs(NOBODY, node.address(), "Authorization: Bearer " + own))
                        .contains(" 200 ");
                assertThat(askedAs("0", node.address(), "")).contains(" 200 ");
            }
            assertThat(node.terminate()).isEqualTo(143);
            assertThat(node.said()).contains("open http://").doesNotContain(token, own, hash(token), hash(own));
            try (Stream<Path> files = Files.walk(data)) {
                for (Path each : files.filter(Files::isRegularFile).toList()) {
                    String bytes = new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1);
                    assertThat(bytes.contains(token)).as("%s", each).isFalse();
                    assertThat(bytes.contains(own)).as("%s", each).isEqualTo(each.equals(file));
                }
            }
        }
    }

    @Test
    void aNodeThatOthersCanReachDoesNotStartWithoutSayingWhoTheyAre(@TempDir Path data) throws Exception {
        Path config = Files.writeString(data.resolve("baton.conf"), "baton.http.host = \"0.0.0.0\"");
        try (NodeProcess node =
                NodeProcess.begin(List.of("--port", "0", "--data", data.toString(), "--config", config.toString()))) {
            assertThat(node.awaitExit()).isEqualTo(1);
            assertThat(node.log()).contains("baton.http.host (0.0.0.0) is reachable by others", "BATON_AUTH=token");
        }
        Files.writeString(config, "baton { http.host = \"0.0.0.0\", auth.mode = token }");
        try (NodeProcess node = NodeProcess.up(data, "--config", config.toString())) {
            assertThat(node.address().getHost()).isEqualTo("127.0.0.1");
            assertThat(node.api().send("GET", "/chats", null).status()).isEqualTo(401);
        }
    }

    /** The lines of an answer in a dialect of others, as they come. */
    private static Stream<String> response(URI node, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(node.resolve("/v1/responses"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"model":"chat/simulated/default","input":"words=900 rate=20","stream":true}"""))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body();
    }

    /** The first line that passes {@code last}, or the last that is not empty. */
    private static String last(Iterator<String> lines, Predicate<String> last) {
        String said = "";
        while (lines.hasNext()) {
            String line = lines.next();
            said = line.isEmpty() ? said : line;
            if (last.test(said)) {
                return said;
            }
        }
        return said;
    }

    private static Predicate<JsonNode> ofType(String type) {
        return event -> event.path("type").asText().equals(type);
    }

    private static String hash(String token) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether this process may be any user of the machine. */
    private static boolean canBeAnother() {
        return System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/setpriv"));
    }

    /** The first line of the answer to a question that the user with number {@code user} asks. */
    private static String askedAs(String user, URI node, String header) throws IOException, InterruptedException {
        String script = "exec 3<>/dev/tcp/%s/%d; printf 'GET /api/v1/cluster HTTP/1.1\\r\\nHost: localhost\\r\\n%s"
                + "Connection: close\\r\\n\\r\\n' >&3; head -n 1 <&3";
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--reuid",
                        user,
                        "--regid",
                        user,
                        "--clear-groups",
                        "bash",
                        "-c",
                        script.formatted(node.getHost(), node.getPort(), header.isEmpty() ? "" : header + "\\r\\n"))
                .redirectErrorStream(true)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor(30, TimeUnit.SECONDS));
        return line;
    }
}
