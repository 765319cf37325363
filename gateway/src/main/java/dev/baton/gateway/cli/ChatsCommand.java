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

/** Lists chats, the newest first. */
@Command(name = "chats", description = "List chats, the newest first.", mixinStandardHelpOptions = true)
final class ChatsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--search", paramLabel = "TEXT", description = "Only chats whose title or messages hold this.")
    private @Nullable String search;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most (default 50).")
    private int limit;

    @Override
    public void run() {
        String query = search == null ? "" : "&q=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
        JsonNode answer = server.client().get("/chats?limit=" + limit + query);
        if (server.json()) {
            spec.commandLine().getOut().println(answer);
            return;
        }
        for (JsonNode chat : answer.path("chats")) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s  %-15s  %s%n",
                            chat.path("id").asText(),
                            chat.path("status").asText(),
                            chat.path("title").asText());
        }
    }
}
