package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a token and prints it, once and never again. */
@Command(
        name = "create",
        description = "Make a token and print it: it is shown this once.",
        mixinStandardHelpOptions = true)
final class TokenCreateCommand implements Runnable {

    /** What the caller with the token may do. */
    enum Role {
        USER,
        OPERATOR
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "NAME", description = "What to call it, for people.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description = "user: its owner's chats; operator: all chats, and the cluster.")
    private Role role = Role.USER;

    @Option(
            names = "--owner",
            paramLabel = "OWNER",
            description = "Whose chats it opens (default: NAME). Tokens with one owner open the same chats.")
    private @Nullable String owner;

    @Option(
            names = "--expires-in",
            paramLabel = "TIME",
            description = "When it ends, as in 12h or 90d (default: never).")
    private @Nullable String expiresIn;

    @Override
    public void run() {
        ObjectNode wish = ApiClient.JSON
                .createObjectNode()
                .put("name", name)
                .put("role", role.name().toLowerCase(Locale.ROOT));
        if (owner != null) {
            wish.put("owner", owner);
        }
        if (expiresIn != null) {
            wish.put("expires_in", expiresIn);
        }
        JsonNode made = server.client().post("/tokens", wish);
        if (server.json()) {
            spec.commandLine().getOut().println(made);
            return;
        }
        spec.commandLine().getOut().println(made.path("token").asText());
        spec.commandLine()
                .getErr()
                .printf(
                        "This is the %s token of %s, shown this once; ./baton token revoke %s ends it.%n",
                        made.path("role").asText(),
                        made.path("owner").asText(),
                        made.path("id").asText());
    }
}
