package dev.baton.gateway.door.uistream;

import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.Given;
import dev.baton.gateway.door.ModelNames;
import dev.baton.gateway.door.NewTurn;
import dev.baton.gateway.door.Refused;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks to have said. {@code chat}: its own name for the chat; {@code messages}: those that it has, the oldest
 * first; {@code messageId}: the one it wants something else in the place of.
 */
record UiRequest(
        String chat,
        List<Given> messages,
        boolean regenerates,
        @Nullable String messageId,
        @Nullable String model,
        @Nullable String system,
        @Nullable List<ClientTool> tools,
        @Nullable String key) {
    private static final int MAX_NAME = 200;

    UiRequest {
        messages = List.copyOf(messages);
        tools = tools == null ? null : List.copyOf(tools);
    }

    static UiRequest of(DoorCall call) {
        Given body = call.body();
        String trigger = body.text("trigger").orElse("submit-message");
        if (!trigger.equals("submit-message") && !trigger.equals("regenerate-message")) {
            throw Refused.field("trigger", "trigger is \"%s\"".formatted(trigger));
        }
        List<Given> messages = body.object("message").map(List::of).orElseGet(() -> body.objects("messages"));
        if (messages.isEmpty()) {
            throw Refused.field("messages", "messages is empty");
        }
        return new UiRequest(
                name("id", body.requiredText("id")),
                messages,
                trigger.equals("regenerate-message"),
                body.text("messageId").orElse(null),
                body.text("model").map(UiRequest::model).orElse(null),
                body.text("system").orElse(null),
                body.has("tools") ? tools(body) : null,
                call.key().orElse(null));
    }

    static String name(String field, String name) {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw Refused.field(field, field + " must have 1 to " + MAX_NAME + " characters");
        }
        return name;
    }

    private static String model(String name) {
        return name.startsWith(ModelNames.PREFIX) ? name.substring(ModelNames.PREFIX.length()) : name;
    }

    private static List<ClientTool> tools(Given body) {
        Map<String, Given> named = body.named("tools");
        return named.entrySet().stream()
                .map(entry -> {
                    Given tool = entry.getValue();
                    return new ClientTool(
                            entry.getKey(),
                            tool.text("description").orElse(""),
                            tool.json(tool.has("inputSchema") ? "inputSchema" : "parameters"));
                })
                .toList();
    }

    Given last() {
        return messages.get(messages.size() - 1);
    }

    static boolean isOfUser(Given message) {
        return message.requiredText("role").equals("user");
    }

    static String idOf(Given message) {
        return name(message.path("id"), message.requiredText("id"));
    }

    /** All that the client tells, for a chat that is not there yet. */
    NewTurn whole() {
        var all = new NewTurn.Messages();
        if (system != null) {
            all.instruct(system);
        }
        for (Given message : messages) {
            switch (message.requiredText("role")) {
                case "user" -> all.add(Role.USER, UiParts.ofUser(message));
                case "assistant" -> UiParts.recall(message, all);
                case "system" -> message.objects("parts").forEach(part -> all.instruct(part.requiredText("text")));
                default -> throw Refused.field(message.path("role"), "role must be user, assistant or system");
            }
        }
        return new NewTurn(
                model, all.instructions(), tools, all.all(), Map.of(), isOfUser(last()) ? idOf(last()) : key);
    }

    /** What the client's tools gave. */
    NewTurn results() {
        List<Part> results = UiParts.results(last());
        if (results.isEmpty()) {
            throw Refused.field("messages", "the last message is the assistant's and brings no output of a tool");
        }
        var all = new NewTurn.Messages();
        all.add(Role.TOOL, results);
        return new NewTurn(model, system, tools, all.all(), Map.of(), null);
    }
}
