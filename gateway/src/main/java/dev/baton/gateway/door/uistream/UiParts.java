package dev.baton.gateway.door.uistream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.door.Given;
import dev.baton.gateway.door.NewTurn.Messages;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of a client's message, as chats hold them. What only its page has a use for is passed over. */
final class UiParts {
    private static final String TOOL = "tool-";
    private static final String DYNAMIC_TOOL = "dynamic-tool";

    private UiParts() {}

    static List<Part> ofUser(Given message) {
        var parts = new ArrayList<Part>();
        for (Given part : message.objects("parts")) {
            String type = part.requiredText("type");
            if (type.equals("text")) {
                parts.add(new Part.Text(part.requiredText("text")));
            } else if (type.equals("file")) {
                throw new Refused(
                        400, "content_unsupported", "a part is of type file; chats hold text", part.path("type"));
            }
        }
        if (parts.isEmpty()) {
            throw Refused.field(message.path("parts"), message.path("parts") + " must hold a text");
        }
        return parts;
    }

    /** An assistant's message, and what the client's tools gave in it. */
    static void recall(Given message, Messages messages) {
        var results = new ArrayList<Part>();
        for (Given part : message.objects("parts")) {
            String type = part.requiredText("type");
            boolean words = type.equals("text") || type.equals("reasoning");
            if (words || isTool(type)) {
                Part said = words ? words(type, part) : call(type, part);
                if (words) {
                    messages.add(Role.TOOL, List.copyOf(results));
                    results.clear();
                }
                messages.add(Role.ASSISTANT, List.of(said));
                result(part).ifPresent(results::add);
            }
        }
        messages.add(Role.TOOL, results);
    }

    private static Part words(String type, Given part) {
        String text = part.requiredText("text");
        return type.equals("text") ? new Part.Text(text) : new Part.Reasoning(text, null);
    }

    private static boolean isTool(String type) {
        return type.startsWith(TOOL) || type.equals(DYNAMIC_TOOL);
    }

    private static Part call(String type, Given part) {
        String name = type.equals(DYNAMIC_TOOL) ? part.requiredText("toolName") : type.substring(TOOL.length());
        return new Part.ToolCall(part.requiredText("toolCallId"), name, part.json("input"));
    }

    private static Optional<Part.ToolResult> result(Given part) {
        String state = part.text("state").orElse("");
        return switch (state) {
            case "output-available" -> Optional.of(new Part.ToolResult(id(part), output(part), false));
            case "output-error" ->
                Optional.of(new Part.ToolResult(
                        id(part), Json.text(text(part.text("errorText").orElse("the tool failed"))), true));
            default -> Optional.empty();
        };
    }

    private static String id(Given part) {
        return part.requiredText("toolCallId");
    }

    private static String output(Given part) {
        return part.has("output") ? part.json("output") : "null";
    }

    private static JsonNode text(String words) {
        return Json.object().put("", words).path("");
    }

    /** What the tools gave since the last step of the answer began. */
    static List<Part> results(Given message) {
        var results = new ArrayList<Part>();
        for (Given part : message.objects("parts")) {
            String type = part.requiredText("type");
            if (type.equals("step-start")) {
                results.clear();
            } else if (isTool(type)) {
                result(part).ifPresent(results::add);
            }
        }
        return results;
    }
}
