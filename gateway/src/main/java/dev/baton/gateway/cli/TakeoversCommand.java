package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the chats that went on elsewhere, the newest first. */
@Command(
        name = "takeovers",
        description = "List the chats that went on elsewhere, the newest first.",
        mixinStandardHelpOptions = true)
final class TakeoversCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most (default 50).")
    private int limit;

    @Option(names = "--chat", paramLabel = "CHAT", description = "Only this chat's.")
    private @Nullable String chat;

    @Override
    public void run() {
        String only = chat == null ? "" : "&chat=" + URLEncoder.encode(chat, StandardCharsets.UTF_8);
        JsonNode answer = server.client().get("/cluster/takeovers?limit=" + limit + only);
        if (server.json()) {
            spec.commandLine().getOut().println(answer);
            return;
        }
        for (JsonNode move : answer.path("takeovers")) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s  %-8s  %s  %s -> %s  %s%n",
                            move.path("at").asText(),
                            move.path("cause").asText(),
                            move.path("chat_id").asText(),
                            NodeName.of(move.path("from_node").asText()),
                            NodeName.of(move.path("to_node").asText()),
                            move.has("pause_ms") ? move.path("pause_ms").asLong() + " ms" : "?");
        }
    }
}
