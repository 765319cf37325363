package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the nodes of the cluster, the oldest first. */
@Command(
        name = "nodes",
        description = "Show the nodes of the cluster and what each carries, the oldest first.",
        mixinStandardHelpOptions = true)
final class NodesCommand implements Runnable {
    private static final String ROW = "%-24s %-10s %-24s %-12s %7s %7s  %s%n";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public void run() {
        JsonNode answer = server.client().get("/cluster");
        PrintWriter out = spec.commandLine().getOut();
        if (server.json()) {
            out.println(answer);
            return;
        }
        out.printf(ROW, "NODE", "STATUS", "HTTP", "RUNNING", "SOCKETS", "CHATS", "IS");
        for (JsonNode node : answer.path("nodes")) {
            out.printf(
                    ROW,
                    NodeName.of(node.path("address").asText()),
                    status(node),
                    node.path("http_url").asText("?"),
                    running(node.path("runners")),
                    node.path("sockets").asText("?"),
                    node.path("chats").asText("?"),
                    marks(node));
        }
    }

    private static String status(JsonNode node) {
        return node.path("reachable").asBoolean() ? node.path("status").asText() : "lost";
    }

    private static String running(JsonNode runners) {
        if (runners.isMissingNode()) {
            return "?";
        }
        int waiting = runners.path("waiting").asInt();
        return "%d/%d%s"
                .formatted(
                        runners.path("running").asInt(),
                        runners.path("max").asInt(),
                        waiting == 0 ? "" : " +" + waiting);
    }

    private static String marks(JsonNode node) {
        List<String> marks = new ArrayList<>();
        for (String mark : List.of("oldest", "leader", "sweeper")) {
            if (node.path(mark).asBoolean()) {
                marks.add(mark);
            }
        }
        if (node.path("self").asBoolean()) {
            marks.add("asked");
        }
        return String.join(", ", marks);
    }
}
