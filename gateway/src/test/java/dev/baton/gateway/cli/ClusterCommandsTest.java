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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterCommandsTest {
    private static final String FIRST = "akka://baton@127.0.0.1:25520#1";
    private static final String SECOND = "akka://baton@127.0.0.1:25521#2";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> bodies = new ArrayList<>();
    /** What is said to whoever asks for the cluster, one after the other, the last again and again. */
    private final Deque<String> clusters = new ArrayDeque<>();

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/cluster", exchange -> {
            String next = clusters.size() > 1 ? clusters.removeFirst() : clusters.getFirst();
            reply(exchange, 200, next);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void showsNodesAsATable() {
        clusters.add(cluster(node(FIRST, "up", true), hanging(SECOND)));
        assertThat(run("nodes")).isZero();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("NODE"),
                        first -> assertThat(first)
                                .startsWith("127.0.0.1:25520")
                                .containsSubsequence("up", "http://", "1/100 +2", "3", "4", "oldest, sweeper, asked"),
                        second ->
                                assertThat(second).startsWith("127.0.0.1:25521").containsSubsequence("lost", "?"));
    }

    @Test
    void printsTheAnswerAsJson() {
        clusters.add(cluster(node(FIRST, "up", true)));
        assertThat(run("nodes", "--json")).isZero();
        assertThat(out.toString()).startsWith("{\"nodes\":[");
    }

    @Test
    void waitsUntilTheNodeIsGone() {
        leaveAnswers(202, "{\"node\":\"%s\",\"address\":\"a\",\"status\":\"leaving\"}".formatted(SECOND));
        clusters.add(cluster(node(FIRST, "up", true), node(SECOND, "up", false)));
        clusters.add(cluster(node(FIRST, "up", true), node(SECOND, "leaving", false)));
        clusters.add(cluster(node(FIRST, "up", true)));
        assertThat(run("leave", "127.0.0.1:25521")).isZero();
        assertThat(bodies).contains("{\"node\":\"127.0.0.1:25521\"}");
        assertThat(out.toString())
                .containsSubsequence("127.0.0.1:25521: leaving, 1 running chats, 3 sockets", "127.0.0.1:25521 is gone");
    }

    @Test
    void saysWhatItWaitsForWhenTheNodeDoesNotGo() {
        leaveAnswers(202, "{\"node\":\"%s\",\"address\":\"a\",\"status\":\"leaving\"}".formatted(SECOND));
        clusters.add(cluster(node(FIRST, "up", true), node(SECOND, "leaving", false)));
        assertThat(run("leave", "25521", "--wait", "1")).isEqualTo(1);
        assertThat(err.toString()).contains("25521", "not gone after 1 s", "leaving, 1 running chats, 3 sockets");
    }

    @Test
    void theOnlyNodeIsGoneWhenItAnswersNoMore() {
        server.createContext("/api/v1/cluster/leave", exchange -> {
            reply(exchange, 202, "{\"node\":\"%s\",\"address\":\"a\",\"status\":\"leaving\"}".formatted(FIRST));
            server.stop(0);
        });
        clusters.add(cluster(node(FIRST, "up", true)));
        assertThat(run("leave", "--json")).isZero();
        assertThat(out.toString()).contains("\"status\":\"gone\"");
    }

    @Test
    void doesNotWaitWhenItShallNot() {
        leaveAnswers(202, "{\"node\":\"%s\",\"address\":\"a\",\"status\":\"leaving\"}".formatted(FIRST));
        clusters.add(cluster(node(FIRST, "up", true)));
        assertThat(run("leave", "--wait", "0")).isZero();
        assertThat(out.toString()).contains("127.0.0.1:25520 is leaving");
    }

    @Test
    void aNodeThatIsNoMemberIsRefused() {
        leaveAnswers(404, "{\"detail\":\"node x is no member\",\"code\":\"node_not_found\"}");
        clusters.add(cluster(node(FIRST, "up", true)));
        assertThat(run("leave", "x")).isEqualTo(1);
        assertThat(err.toString()).contains("node x is no member (404 node_not_found)");
    }

    @Test
    void listsTakeovers() {
        server.createContext("/api/v1/cluster/takeovers", exchange -> {
            bodies.add(exchange.getRequestURI().toString());
            reply(exchange, 200, """
                    {"takeovers":[{"chat_id":"c1","epoch":2,"from_node":"%s","to_node":"%s","cause":"takeover",\
                    "at":"2026-01-01T00:00:00Z","pause_ms":730}]}""".formatted(FIRST, SECOND));
        });
        assertThat(run("takeovers", "--limit", "3", "--chat", "c1")).isZero();
        assertThat(bodies).containsExactly("/api/v1/cluster/takeovers?limit=3&chat=c1");
        assertThat(out.toString())
                .containsSubsequence("takeover", "c1", "127.0.0.1:25520 -> 127.0.0.1:25521", "730 ms");
    }

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--server");
        all.add("http://127.0.0.1:" + server.getAddress().getPort());
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private void leaveAnswers(int status, String body) {
        server.createContext("/api/v1/cluster/leave", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            reply(exchange, status, body);
        });
    }

    private static String cluster(String... nodes) {
        return "{\"nodes\":[%s],\"unreachable\":[]}".formatted(String.join(",", nodes));
    }

    private static String node(String id, String status, boolean self) {
        return """
                {"node":"%s","address":"%s","uid":"1","status":"%s","reachable":true,"oldest":%3$b,"leader":false,\
                "sweeper":%3$b,"self":%3$b,"http_url":"http://127.0.0.1:1",\
                "runners":{"running":1,"waiting":2,"max":100},"sockets":3,"chats":4}""".replace("%3$b", Boolean.toString(self)).formatted(id, id.replaceFirst("#.*", ""), status);
    }

    private static String hanging(String id) {
        return """
                {"node":"%s","address":"%s","uid":"2","status":"up","reachable":false,"oldest":false,\
                "leader":false,"sweeper":false,"self":false}""".formatted(id, id.replaceFirst("#.*", ""));
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
