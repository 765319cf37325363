package dev.baton.gateway.bridge.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.bridge.provider.Bodies;
import dev.baton.gateway.bridge.provider.Json;
import dev.baton.gateway.bridge.provider.ModelOptions;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.gateway.bridge.provider.Signature;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.model.ModelRequest;
import java.util.List;
import java.util.Locale;

/**
 * Writes a call as the body of a Responses request. The whole conversation goes with each call, thoughts in the sealed form
 * that the provider gave them: nothing is left to its memory but, where it is to keep it, the answer.
 */
final class ResponsesRequest {

    private ResponsesRequest() {}

    /** Fails with an {@link IllegalArgumentException} when a tool's schema is no JSON object. */
    static ObjectNode json(ProviderCall call) {
        ModelRequest request = call.request();
        ModelOptions options = call.options();
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("model", call.model());
        if (request.systemPrompt() != null && !request.systemPrompt().isBlank()) {
            body.put("instructions", request.systemPrompt());
        }
        ArrayNode input = body.putArray("input");
        request.history().forEach(message -> addMessage(input, message));
        if (!request.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            request.tools().forEach(tool -> addTool(tools, tool));
        }
        if (options.maxOutput() != null) {
            body.put("max_output_tokens", options.maxOutput());
        }
        if (options.effort() != null || options.thinking().on()) {
            ObjectNode reasoning = body.putObject("reasoning");
            if (options.effort() != null) {
                reasoning.put("effort", options.effort());
            }
            if (options.thinking().on()) {
                reasoning.put("summary", "auto");
            }
        }
        body.putArray("include").add("reasoning.encrypted_content");
        body.put("store", options.kept());
        if (options.kept()) {
            body.put("background", true);
        }
        return body.put("stream", true);
    }

    private static void addMessage(ArrayNode input, Message message) {
        switch (message.role()) {
            case SYSTEM, USER ->
                addText(
                        input,
                        message.role().name().toLowerCase(Locale.ROOT),
                        "input_text",
                        Bodies.textOf(message.content()));
            case ASSISTANT -> addAnswer(input, message.content());
            case TOOL -> addResults(input, message.content());
        }
    }

    private static void addText(ArrayNode input, String role, String type, String text) {
        if (!text.isEmpty()) {
            ObjectNode item = input.addObject().put("type", "message").put("role", role);
            item.putArray("content").addObject().put("type", type).put("text", text);
        }
    }

    /** A thought is refused unless what it led to follows. */
    private static void addAnswer(ArrayNode input, List<Part> content) {
        var thoughts = Json.MAPPER.createArrayNode();
        for (Part part : content) {
            if (part instanceof Part.Reasoning thought) {
                addThought(thoughts, thought);
            } else if (part instanceof Part.Text text && !text.text().isEmpty()) {
                input.addAll(thoughts);
                thoughts.removeAll();
                addText(input, "assistant", "output_text", text.text());
            } else if (part instanceof Part.ToolCall called) {
                input.addAll(thoughts);
                thoughts.removeAll();
                input.addObject()
                        .put("type", "function_call")
                        .put("call_id", called.id())
                        .put("name", called.name())
                        .put("arguments", called.arguments());
            }
        }
    }

    private static void addThought(ArrayNode thoughts, Part.Reasoning thought) {
        Signature.valueOf(thought, ResponsesReader.SEALED).ifPresent(secret -> {
            int colon = secret.indexOf(':');
            ObjectNode item = thoughts.addObject().put("type", "reasoning").put("id", secret.substring(0, colon));
            ArrayNode summary = item.putArray("summary");
            if (!thought.text().isEmpty()) {
                summary.addObject().put("type", "summary_text").put("text", thought.text());
            }
            item.put("encrypted_content", secret.substring(colon + 1));
        });
    }

    private static void addResults(ArrayNode input, List<Part> content) {
        for (Part part : content) {
            if (part instanceof Part.ToolResult result) {
                input.addObject()
                        .put("type", "function_call_output")
                        .put("call_id", result.callId())
                        .put("output", Bodies.plain(result.output()));
            }
        }
    }

    private static void addTool(ArrayNode tools, ClientTool tool) {
        tools.addObject()
                .put("type", "function")
                .put("name", tool.name())
                .put("description", tool.description())
                .put("strict", false)
                .set("parameters", Bodies.schemaOf(tool));
    }
}
