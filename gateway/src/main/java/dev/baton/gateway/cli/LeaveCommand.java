package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a node leave in order, and waits until it is gone. */
@Command(
        name = "leave",
        description = "Have a node leave in order, and wait until it is gone.",
        mixinStandardHelpOptions = true)
final class LeaveCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(
            paramLabel = "NODE",
            arity = "0..1",
            description = "Its host:port, port, address or id; without it the node that is asked.")
    private @Nullable String node;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait until it is gone (default 60); 0 = not at all.")
    private int wait;

    @Override
    public void run() {
        ApiClient client = server.client();
        JsonNode before = client.get("/cluster");
        ObjectNode body = ApiClient.JSON.createObjectNode();
        if (node != null) {
            body.put("node", node);
        }
        JsonNode leaving = client.post("/cluster/leave", body);
        String id = leaving.path("node").asText();
        PrintWriter out = spec.commandLine().getOut();
        if (wait > 0) {
            var departure = new Departure(id, witness(before, id), text -> say(out, text));
            departure.await(wait);
        }
        if (server.json()) {
            out.println(((ObjectNode) leaving.deepCopy()).put("status", wait > 0 ? "gone" : "leaving"));
            return;
        }
        out.println(NodeName.of(id) + (wait > 0 ? " is gone" : " is leaving"));
    }

    private void say(PrintWriter out, String text) {
        if (!server.json()) {
            out.println(text);
            out.flush();
        }
    }

    /** Whom to ask whether it is gone: the node that was asked, and when that one leaves itself, any other. */
    private Departure.Witness witness(JsonNode before, String id) {
        String other = null;
        for (JsonNode each : before.path("nodes")) {
            boolean leaves = each.path("node").asText().equals(id);
            if (each.path("self").asBoolean() && !leaves) {
                return new Departure.Witness(server.client(), false);
            }
            if (!leaves && each.path("reachable").asBoolean() && each.has("http_url")) {
                other = each.path("http_url").asText();
            }
        }
        return other == null
                ? new Departure.Witness(server.client(), true)
                : new Departure.Witness(server.client(other), false);
    }
}
