package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a token, and the streams that were opened with it, on all nodes. */
@Command(
        name = "revoke",
        description = "End a token, and the streams that were opened with it, on all nodes.",
        mixinStandardHelpOptions = true)
final class TokenRevokeCommand implements Runnable {
    private static final int PAGE = 200;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "TOKEN", description = "Its id, or its name when no other token that works has it.")
    private String token = "";

    @Override
    public void run() {
        ApiClient client = server.client();
        JsonNode revoked = client.delete("/tokens/" + URLEncoder.encode(id(client), StandardCharsets.UTF_8));
        if (server.json()) {
            spec.commandLine().getOut().println(revoked);
            return;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "%s (%s) is revoked%n",
                        revoked.path("id").asText(), revoked.path("name").asText());
        revoked.path("unconfirmed")
                .forEach(node -> spec.commandLine()
                        .getErr()
                        .printf("%s did not confirm it; it learns it from the database%n", node.asText()));
    }

    /** What is no name is taken for an id. */
    private String id(ApiClient client) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.get("/tokens?limit=" + PAGE + cursor);
            for (JsonNode each : page.path("tokens")) {
                if (each.path("name").asText().equals(token) && !each.has("revoked_at")) {
                    ids.add(each.path("id").asText());
                }
            }
            cursor = page.has("next_cursor")
                    ? "&cursor=" + URLEncoder.encode(page.path("next_cursor").asText(), StandardCharsets.UTF_8)
                    : "";
        } while (!cursor.isEmpty());
        if (ids.size() > 1) {
            throw new CommandFailed("%d tokens are named %s; name one by its id: %s"
                    .formatted(ids.size(), token, String.join(", ", ids)));
        }
        return ids.isEmpty() ? token : ids.get(0);
    }
}
