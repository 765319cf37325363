package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether a node is well, and why a chat is where it is. */
@Command(
        name = "doctor",
        description = "Say whether the node is well, and why a chat is where it is.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "CHAT", arity = "0..1", description = "The chat's id.")
    private @Nullable String chat;

    @Override
    public void run() {
        ApiClient client = server.client();
        JsonNode ready = client.get("/health/ready");
        JsonNode diagnosis = chat == null ? null : client.get("/chats/" + chat + "/diagnosis");
        PrintWriter out = spec.commandLine().getOut();
        if (server.json()) {
            ObjectNode all = new ObjectMapper().createObjectNode();
            all.set("ready", ready);
            if (diagnosis != null) {
                all.set("diagnosis", diagnosis);
            }
            out.println(all);
            return;
        }
        out.printf("%s: %s%n", client.server(), ready.path("status").asText("ready"));
        if (diagnosis != null) {
            diagnosis.path("explanation").forEach(sentence -> out.println(sentence.asText()));
        }
    }
}
