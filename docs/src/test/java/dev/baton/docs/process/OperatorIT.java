package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of three nodes of which one is told to leave and one is killed, and what the command does. */
class OperatorIT {
    private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();

    @Test
    void seesNodesTakeoversAndMetricsAndHasANodeLeave(@TempDir Path directory) throws Exception {
        try (var cluster = ClusterProcesses.start(3, directory)) {
            for (int i = 0; i < 3; i++) {
                seesAllNodes(cluster.node(i));
            }
            ChatApi last = cluster.node(2).api();
            runOnEachNode(last);

            String leaving = nodeAt(last, cluster.node(1));
            assertThat(command(cluster.node(2), "leave", leaving.replaceFirst("#.*", "")))
                    .contains("is gone");
            assertThat(cluster.node(1).awaitExit()).isZero();
            takeover(last, "handover", leaving);

            String killed = node(last, 0);
            cluster.node(0).kill();
            JsonNode takeover = takeover(last, "takeover", killed);
            assertThat(takeover.path("pause_ms").asLong()).isPositive();
            assertThat(metrics(cluster.node(2)))
                    .containsPattern("baton_chat_takeover_seconds_count\\{cause=\"takeover\"\\} [1-9]");
            assertThat(command(cluster.node(2), "takeovers")).contains("takeover", "handover", " ms");
            assertThat(command(cluster.node(2), "nodes")).contains("sweeper", "asked");
            assertThat(last.get("/cluster").path("nodes")).hasSize(1);
        }
    }

    private static void seesAllNodes(NodeProcess node) {
        JsonNode seen = eventually(
                () -> node.api().get("/cluster"),
                cluster -> cluster.path("nodes").size() == 3
                        && all(cluster).stream().allMatch(each -> each.has("runners"))
                        && all(cluster).stream()
                                .allMatch(each -> each.path("status").asText().equals("up")));
        assertThat(all(seen))
                .filteredOn(each -> each.path("sweeper").asBoolean())
                .hasSize(1);
        assertThat(all(seen))
                .filteredOn(each -> each.path("self").asBoolean())
                .singleElement()
                .satisfies(self -> assertThat(self.path("http_url").asText())
                        .isEqualTo(node.address().toString()));
    }

    /** Chats that stream for as long as the test may take, at least two on each node. */
    private static void runOnEachNode(ChatApi api) {
        JsonNode unused = eventually(
                () -> {
                    api.post("/chats", "{\"message\":{\"content\":\"words=900 rate=10\"}}");
                    return api.get("/cluster");
                },
                cluster -> all(cluster).stream()
                        .allMatch(each -> each.path("runners").path("running").asInt() >= 2));
    }

    private static String node(ChatApi api, int number) {
        return api.get("/cluster").path("nodes").path(number).path("node").asText();
    }

    private static String nodeAt(ChatApi api, NodeProcess process) {
        return all(api.get("/cluster")).stream()
                .filter(each ->
                        each.path("http_url").asText().equals(process.address().toString()))
                .map(each -> each.path("node").asText())
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode takeover(ChatApi api, String cause, String from) {
        Predicate<JsonNode> wanted = move -> move.path("cause").asText().equals(cause)
                && move.path("from_node").asText().equals(from);
        JsonNode page = eventually(() -> api.get("/cluster/takeovers?limit=200"), answer -> {
            var moves = new ArrayList<JsonNode>();
            answer.path("takeovers").forEach(moves::add);
            return moves.stream().anyMatch(wanted);
        });
        for (JsonNode move : page.path("takeovers")) {
            if (wanted.test(move)) {
                return move;
            }
        }
        throw new AssertionError(page);
    }

    private static List<JsonNode> all(JsonNode cluster) {
        var nodes = new ArrayList<JsonNode>();
        cluster.path("nodes").forEach(nodes::add);
        return nodes;
    }

    private static JsonNode eventually(Supplier<JsonNode> question, Predicate<JsonNode> answer) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        JsonNode last = question.get();
        while (!answer.test(last)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("still " + last);
            }
            last = question.get();
        }
        return last;
    }

    private static String metrics(NodeProcess node) throws IOException, InterruptedException {
        URI metrics = node.address().resolve("/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
    }

    /** What the command prints; it must succeed. */
    private static String command(NodeProcess node, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(JavaCommand.of("dev.baton.gateway.cli.Main"));
        command.addAll(List.of(words));
        command.addAll(List.of("--server", node.address().toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
