package dev.baton.gateway.door.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.door.Given;
import dev.baton.gateway.door.NewTurn.Messages;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.ArrayList;
import java.util.List;

/** Items of conversations, read and written. */
final class Items {

    private Items() {}

    /** What a request's {@code field} says: a text of the user, or a list of items. */
    static void read(Given body, String field, Messages messages) {
        JsonNode input = body.any(field).orElseThrow(() -> Refused.field(field, field + " is missing"));
        if (input.isTextual()) {
            messages.add(Role.USER, List.of(new Part.Text(body.requiredText(field))));
            return;
        }
        body.objects(field).forEach(item -> read(item, messages));
    }

    private static void read(Given item, Messages messages) {
        String type = item.text("type").orElse("message");
        switch (type) {
            case "message" -> message(item, messages);
            case "function_call" ->
                messages.add(
                        Role.ASSISTANT,
                        List.of(new Part.ToolCall(
                                item.requiredText("call_id"),
                                item.requiredText("name"),
                                item.requiredText("arguments"))));
            case "function_call_output" ->
                messages.add(
                        Role.TOOL,
                        List.of(new Part.ToolResult(
                                item.requiredText("call_id"),
                                Given.output(item.words("output", "text", "input_text")
                                        .orElseThrow(() -> missing(item, "output"))),
                                false)));
            case "reasoning" -> {
                // A provider's own, which a chat made of other words has no use for.
            }
            default ->
                throw new Refused(
                        400,
                        "content_unsupported",
                        "items of type %s are unknown here".formatted(type),
                        item.path("type"));
        }
    }

    private static void message(Given item, Messages messages) {
        String role = item.requiredText("role");
        String words = item.words("content", "text", "input_text", "output_text", "text")
                .orElseThrow(() -> missing(item, "content"));
        switch (role) {
            case "user" -> messages.add(Role.USER, List.of(new Part.Text(words)));
            case "assistant" -> messages.add(Role.ASSISTANT, List.of(new Part.Text(words)));
            case "system", "developer" -> messages.instruct(words);
            default -> throw Refused.field(item.path("role"), "role is \"%s\"".formatted(role));
        }
    }

    private static Refused missing(Given item, String field) {
        return Refused.field(item.path(field), item.path(field) + " is missing");
    }

    static List<ClientTool> tools(Given body) {
        return body.objects("tools").stream()
                .map(tool -> {
                    if (!tool.requiredText("type").equals("function")) {
                        throw new Refused(
                                400,
                                "tools_invalid",
                                "tools of type %s are unknown here; a client's functions are not"
                                        .formatted(tool.requiredText("type")),
                                tool.path("type"));
                    }
                    return new ClientTool(
                            tool.requiredText("name"), tool.text("description").orElse(""), tool.json("parameters"));
                })
                .toList();
    }

    static ObjectNode text(String id, String text, String status) {
        ObjectNode item = Json.object().put("id", id).put("type", "message").put("status", status);
        item.put("role", "assistant").putArray("content").add(textPart(text));
        return item;
    }

    static ObjectNode textPart(String text) {
        ObjectNode part = Json.object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    static ObjectNode reasoning(String id, String text, String status) {
        ObjectNode item = Json.object().put("id", id).put("type", "reasoning");
        item.putArray("summary");
        if (!text.isEmpty()) {
            item.putArray("content").add(reasoningPart(text));
        }
        return item.put("status", status);
    }

    static ObjectNode reasoningPart(String text) {
        return Json.object().put("type", "reasoning_text").put("text", text);
    }

    static ObjectNode call(String id, Part.ToolCall call, String arguments, String status) {
        return Json.object()
                .put("id", id)
                .put("type", "function_call")
                .put("status", status)
                .put("call_id", call.id())
                .put("name", call.name())
                .put("arguments", arguments);
    }

    /** What a message of the history is in a conversation, {@code prefix} beginning the items' ids. */
    static List<ObjectNode> of(Message message, String prefix) {
        var items = new ArrayList<ObjectNode>();
        for (Part part : message.content()) {
            String id = prefix + "_" + message.id().number() + "_" + items.size();
            if (part instanceof Part.Text text) {
                items.add(
                        message.role() == Role.USER
                                ? said("msg_" + id, text)
                                : text("msg_" + id, text.text(), status(message)));
            } else if (part instanceof Part.Reasoning reasoning) {
                items.add(reasoning("rs_" + id, reasoning.text(), status(message)));
            } else if (part instanceof Part.ToolCall call) {
                items.add(call("fc_" + id, call, call.arguments(), "completed"));
            } else if (part instanceof Part.ToolResult result) {
                items.add(result("fco_" + id, result));
            }
        }
        return items;
    }

    private static String status(Message message) {
        return message.interrupted() ? "incomplete" : "completed";
    }

    private static ObjectNode said(String id, Part.Text text) {
        ObjectNode item = Json.object().put("id", id).put("type", "message").put("status", "completed");
        item.put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "input_text")
                .put("text", text.text());
        return item;
    }

    private static ObjectNode result(String id, Part.ToolResult result) {
        JsonNode output = Json.embedded(result.output());
        return Json.object()
                .put("id", id)
                .put("type", "function_call_output")
                .put("status", "completed")
                .put("call_id", result.callId())
                .put("output", output.isTextual() ? output.textValue() : result.output());
    }
}
