package dev.baton.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandsTest {
    private static final String TOKEN = """
            {"id":"t1","name":"laptop","role":"user","owner":"ada","created_by":"local","created_at":"2026-01-01T00:00:00Z"%s}""";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> requests = new ArrayList<>();
    private final List<String> presented = new ArrayList<>();
    /** The only token that is let in; with "null" also whoever presents none. */
    private String wanted = "null";

    private HttpServer server;

    @TempDir
    private Path data = Path.of("");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/tokens", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        presented.add(token);
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(request.strip());
        if (!token.equals(wanted)) {
            reply(exchange, 401, "{\"detail\":\"who are you\",\"code\":\"unauthenticated\"}");
        } else if (request.startsWith("POST")) {
            reply(exchange, 201, TOKEN.formatted(",\"token\":\"baton_secret\""));
        } else if (request.startsWith("DELETE")) {
            reply(exchange, 200, TOKEN.formatted(",\"revoked_at\":\"x\",\"unconfirmed\":[\"akka://gone\"]"));
        } else {
            reply(
                    exchange,
                    200,
                    "{\"tokens\":[" + TOKEN.formatted("") + ","
                            + TOKEN.replace("t1", "t2").formatted(",\"revoked_at\":\"x\"") + "]}");
        }
    }

    @Test
    void createPrintsTheTokenAlone() {
        assertThat(run("token", "create", "laptop", "--role", "user", "--owner", "ada", "--expires-in", "90d"))
                .isZero();
        assertThat(out).hasToString("baton_secret" + System.lineSeparator());
        assertThat(err.toString()).contains("user token of ada", "revoke t1");
        assertThat(requests)
                .containsExactly(
                        "POST /api/v1/tokens {\"name\":\"laptop\",\"role\":\"user\",\"owner\":\"ada\",\"expires_in\":\"90d\"}");
    }

    @Test
    void createNeedsARole() {
        assertThat(run("token", "create", "laptop")).isEqualTo(2);
        assertThat(run("token", "create", "laptop", "--role", "god")).isEqualTo(2);
        assertThat(requests).isEmpty();
    }

    @Test
    void listShowsWhatWorksAndWhatDoesNot() {
        assertThat(run("token", "list")).isZero();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        one -> assertThat(one).containsSubsequence("t1", "user", "ada", "laptop", "not used"),
                        two -> assertThat(two).containsSubsequence("t2", "revoked x"));
        assertThat(run("token", "list", "--json")).isZero();
        assertThat(out.toString()).contains("{\"tokens\":[");
    }

    @Test
    void revokeTakesANameOrAnId() {
        assertThat(run("token", "revoke", "laptop")).isZero();
        assertThat(requests).contains("DELETE /api/v1/tokens/t1");
        assertThat(out.toString()).contains("t1 (laptop) is revoked");
        assertThat(err.toString()).contains("akka://gone did not confirm it");
        assertThat(run("token", "revoke", "t9")).isZero();
        assertThat(requests).contains("DELETE /api/v1/tokens/t9");
    }

    @Test
    void theTokenOfANodeOnThisMachineIsPresentedWhenItIsAskedFor() throws IOException {
        wanted = "Bearer baton_mine";
        Files.writeString(data.resolve("local-token"), "baton_mine\n");
        assertThat(run("token", "list", "--data", data.toString())).isZero();
        assertThat(presented).containsExactly("null", "Bearer baton_mine");
    }

    @Test
    void aTokenThatIsNamedIsTheOnlyOneThatIsPresented() throws IOException {
        wanted = "Bearer baton_mine";
        Files.writeString(data.resolve("local-token"), "baton_mine\n");
        assertThat(run("token", "list", "--data", data.toString(), "--token", "other"))
                .isEqualTo(1);
        assertThat(presented).containsExactly("Bearer other");
        assertThat(err.toString()).contains("who are you (401 unauthenticated)").doesNotContain("baton_mine");
    }

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--server");
        all.add("http://127.0.0.1:"
                + Objects.requireNonNull(server).getAddress().getPort());
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
