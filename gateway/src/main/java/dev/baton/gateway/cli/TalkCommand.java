package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Talks in a chat from the terminal: each line is a message, the answer is printed as it comes. */
@Command(
        name = "chat",
        description = {
            "Talk in a chat, live; a new one when none is named.",
            "Each line is a message. The end of input (Ctrl-D) ends the conversation, not the chat."
        },
        mixinStandardHelpOptions = true)
final class TalkCommand implements Runnable {
    /** Set by the launcher when a person types. */
    private static final String INTERACTIVE = "baton.interactive";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "CHAT", arity = "0..1", description = "The chat's id; absent = a new chat.")
    private @Nullable String chat;

    @Option(names = "--model", paramLabel = "MODEL", description = "The model of a new chat, as provider/model.")
    private @Nullable String model;

    @Override
    public void run() {
        ApiClient client = server.client();
        PrintWriter out = spec.commandLine().getOut();
        String id = chat == null
                ? newChat(client)
                : client.get("/chats/" + chat).path("id").asText();
        boolean interactive = Boolean.getBoolean(INTERACTIVE);
        if (!server.json()) {
            out.printf("chat %s%n", id);
        }
        try (var conversation = new Conversation(client, id, out, server.json());
                var lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))) {
            prompt(out, interactive);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    conversation.say(line);
                }
                prompt(out, interactive);
            }
        } catch (IOException failure) {
            throw new CommandFailed("the conversation broke off: " + failure.getMessage(), failure);
        }
    }

    private String newChat(ApiClient client) {
        ObjectNode body = ApiClient.JSON.createObjectNode();
        if (model != null) {
            body.put("model", model);
        }
        JsonNode created = client.post("/chats", body);
        return created.path("id").asText();
    }

    private static void prompt(PrintWriter out, boolean interactive) {
        if (interactive) {
            out.print("> ");
            out.flush();
        }
    }
}
