package dev.baton.gateway.door.messages;

import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.Given;
import dev.baton.gateway.door.ModelNames;
import dev.baton.gateway.door.NewTurn;
import dev.baton.gateway.door.NewTurn.Messages;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.door.StatelessTurns;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client asks to have answered. */
record MessageRequest(NewTurn turn, Optional<ChatId> chat, boolean stream, List<String> ignored) {
    /** What the model's configuration decides, and what has no meaning for a chat. */
    private static final List<String> IGNORED = List.of(
            "context_management",
            "max_tokens",
            "metadata",
            "service_tier",
            "temperature",
            "thinking",
            "top_k",
            "top_p");

    static MessageRequest of(DoorCall call) {
        Given body = call.body();
        body.object("tool_choice").ifPresent(choice -> {
            if (!choice.requiredText("type").equals("auto")) {
                throw Refused.field("tool_choice", "tool_choice must be auto: the model decides");
            }
        });
        body.any("stop_sequences").ifPresent(list -> {
            if (!list.isEmpty()) {
                throw Refused.field("stop_sequences", "stop_sequences are not supported");
            }
        });
        if (body.has("mcp_servers")) {
            throw Refused.field("mcp_servers", "mcp_servers are not supported");
        }
        Optional<ChatId> chat = StatelessTurns.chat(call, Optional.empty());
        var messages = new Messages();
        body.words("system", "text", "text").ifPresent(messages::instruct);
        body.objects("messages").forEach(message -> read(message, messages));
        var turn = new NewTurn(
                ModelNames.chat(body.text("model").orElse(null), chat.isPresent()),
                messages.instructions(),
                body.has("tools") ? tools(body) : null,
                messages.all(),
                Map.of(),
                call.key().orElse(null));
        return new MessageRequest(turn, chat, body.flag("stream", false), body.present(IGNORED));
    }

    private static void read(Given message, Messages messages) {
        String name = message.requiredText("role");
        Role role = switch (name) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            default -> throw Refused.field(message.path("role"), "role is \"%s\"".formatted(name));
        };
        if (message.any("content").filter(content -> content.isTextual()).isPresent()) {
            messages.add(role, List.of(new Part.Text(message.requiredText("content"))));
            return;
        }
        message.objects("content").forEach(block -> block(block, role, messages));
    }

    private static void block(Given block, Role role, Messages messages) {
        String type = block.requiredText("type");
        switch (type) {
            case "text" -> messages.add(role, List.of(new Part.Text(block.requiredText("text"))));
            case "thinking" ->
                messages.add(
                        Role.ASSISTANT,
                        List.of(new Part.Reasoning(
                                block.requiredText("thinking"),
                                block.text("signature")
                                        .filter(text -> !text.isEmpty())
                                        .orElse(null))));
            case "tool_use" ->
                messages.add(
                        Role.ASSISTANT,
                        List.of(new Part.ToolCall(
                                block.requiredText("id"), block.requiredText("name"), block.json("input"))));
            case "tool_result" ->
                messages.add(
                        Role.TOOL,
                        List.of(new Part.ToolResult(
                                block.requiredText("tool_use_id"),
                                Given.output(
                                        block.words("content", "text", "text").orElse("")),
                                block.flag("is_error", false))));
            default ->
                throw new Refused(
                        400,
                        "content_unsupported",
                        "blocks of type %s are unknown here; chats hold text".formatted(type),
                        block.path("type"));
        }
    }

    private static List<ClientTool> tools(Given body) {
        return body.objects("tools").stream()
                .map(tool -> {
                    if (!tool.text("type").orElse("custom").equals("custom")) {
                        throw Refused.field(tool.path("type"), "only a client's own tools are known here");
                    }
                    return new ClientTool(
                            tool.requiredText("name"), tool.text("description").orElse(""), tool.json("input_schema"));
                })
                .toList();
    }
}
