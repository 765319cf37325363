package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cuts off a running turn; what was said so far stays. */
@Command(
        name = "interrupt",
        description = "Cut off a running turn; what was said so far stays.",
        mixinStandardHelpOptions = true)
final class InterruptCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "CHAT", description = "The chat's id.")
    private String chat = "";

    @Override
    public void run() {
        JsonNode answer = server.client().post("/chats/" + chat + "/interrupt");
        spec.commandLine()
                .getOut()
                .println(server.json() ? answer : answer.path("status").asText());
    }
}
