package dev.baton.gateway.bridge.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.bridge.provider.Bodies;
import dev.baton.gateway.bridge.provider.Json;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.model.ModelRequest;
import java.util.Locale;

/**
 * Writes a call as the body of a Chat Completions request. Reasoning is not sent back: the protocol has no place for it.
 * What was said of the answer before is its last message, marked as the server wants it to go on from there.
 */
final class CompletionsRequest {

    private CompletionsRequest() {}

    /** Fails with an {@link IllegalArgumentException} when a tool's schema is no JSON object. */
    static ObjectNode json(ProviderCall call, ContinueWith way) {
        ModelRequest request = call.request();
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("model", call.model());
        ArrayNode messages = body.putArray("messages");
        if (request.systemPrompt() != null && !request.systemPrompt().isBlank()) {
            messages.addObject().put("role", "system").put("content", request.systemPrompt());
        }
        for (Message message : request.history()) {
            switch (message.role()) {
                case SYSTEM, USER ->
                    messages.addObject()
                            .put("role", message.role().name().toLowerCase(Locale.ROOT))
                            .put("content", Bodies.textOf(message.content()));
                case ASSISTANT -> addAnswer(messages, message);
                case TOOL -> addResults(messages, message);
            }
        }
        String prefix = Bodies.textOf(request.said());
        if (!prefix.isEmpty()) {
            way.mark(body, messages.addObject().put("role", "assistant").put("content", prefix));
        }
        if (!request.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            request.tools().forEach(tool -> addTool(tools, tool));
        }
        if (call.options().maxOutput() != null) {
            body.put("max_completion_tokens", call.options().maxOutput());
        }
        if (call.options().effort() != null) {
            body.put("reasoning_effort", call.options().effort());
        }
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        return body;
    }

    /** Providers refuse an answer that says nothing and calls nothing. */
    private static void addAnswer(ArrayNode messages, Message message) {
        String text = Bodies.textOf(message.content());
        ArrayNode calls = Json.MAPPER.createArrayNode();
        for (Part part : message.content()) {
            if (part instanceof Part.ToolCall call) {
                ObjectNode node = calls.addObject().put("id", call.id()).put("type", "function");
                node.putObject("function").put("name", call.name()).put("arguments", call.arguments());
            }
        }
        if (text.isEmpty() && calls.isEmpty()) {
            return;
        }
        ObjectNode answer = messages.addObject().put("role", "assistant");
        answer.put("content", text.isEmpty() ? null : text);
        if (!calls.isEmpty()) {
            answer.set("tool_calls", calls);
        }
    }

    private static void addResults(ArrayNode messages, Message message) {
        for (Part part : message.content()) {
            if (part instanceof Part.ToolResult result) {
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_call_id", result.callId())
                        .put("content", Bodies.plain(result.output()));
            }
        }
    }

    private static void addTool(ArrayNode tools, ClientTool tool) {
        ObjectNode function = tools.addObject().put("type", "function").putObject("function");
        function.put("name", tool.name()).put("description", tool.description());
        function.set("parameters", Bodies.schemaOf(tool));
    }
}
