package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a chat and its messages. */
@Command(name = "show", description = "Print a chat and its messages.", mixinStandardHelpOptions = true)
final class ShowCommand implements Runnable {
    private static final int PAGE = 200;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "CHAT", description = "The chat's id.")
    private String chat = "";

    @Override
    public void run() {
        ApiClient client = server.client();
        JsonNode about = client.get("/chats/" + chat);
        PrintWriter out = spec.commandLine().getOut();
        if (server.json()) {
            ObjectNode whole = about.deepCopy();
            whole.set(
                    "messages",
                    client.get("/chats/" + chat + "/messages?limit=" + PAGE).path("messages"));
            out.println(whole);
            return;
        }
        out.printf(
                "%s  %s  %s%n",
                chat, about.path("status").asText(), about.path("title").asText());
        String cursor = null;
        do {
            JsonNode page = client.get("/chats/" + chat + "/messages?limit=" + PAGE + after(cursor));
            page.path("messages").forEach(message -> print(out, message));
            cursor = page.path("next_cursor").asText(null);
        } while (cursor != null);
    }

    private static String after(@Nullable String cursor) {
        return cursor == null ? "" : "&cursor=" + cursor;
    }

    private static void print(PrintWriter out, JsonNode message) {
        String cut = message.path("interrupted").asBoolean() ? " (interrupted)" : "";
        out.printf("%n%s%s:%n", message.path("role").asText(), cut);
        for (JsonNode part : message.path("content")) {
            out.println(MessageText.of(part));
        }
    }
}
