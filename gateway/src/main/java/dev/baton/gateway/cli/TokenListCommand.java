package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists tokens, the newest first. */
@Command(name = "list", description = "List tokens, the newest first.", mixinStandardHelpOptions = true)
final class TokenListCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most (default 50).")
    private int limit;

    @Override
    public void run() {
        JsonNode answer = server.client().get("/tokens?limit=" + limit);
        if (server.json()) {
            spec.commandLine().getOut().println(answer);
            return;
        }
        for (JsonNode token : answer.path("tokens")) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s  %-8s  %-20s  %-20s  %s%n",
                            token.path("id").asText(),
                            token.path("role").asText(),
                            token.path("owner").asText(),
                            token.path("name").asText(),
                            state(token));
        }
    }

    private static String state(JsonNode token) {
        if (token.has("revoked_at")) {
            return "revoked " + token.path("revoked_at").asText();
        }
        String used =
                token.has("last_used_at") ? "used " + token.path("last_used_at").asText() : "not used";
        return token.has("expires_at")
                ? used + ", until " + token.path("expires_at").asText()
                : used;
    }
}
