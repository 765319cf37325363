package dev.baton.gateway.bridge.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.baton.persistence.chat.Role;
import dev.baton.runner.model.ModelRequest;
import java.util.List;
import java.util.Optional;

/**
 * Writes a call as the body of a Messages request.
 *
 * <p>Neighbouring messages of one role become one, since the protocol wants them to take turns and results right after
 * their calls. What is empty or unsigned is left out: it would be refused.
 */
final class MessagesRequest {
    /** What every model of the protocol can say. */
    static final int DEFAULT_MAX_OUTPUT = 8192;

    private final ProviderCall call;
    private final ModelRequest request;
    private final boolean thinks;

    MessagesRequest(ProviderCall call) {
        this.call = call;
        this.request = call.request();
        this.thinks = call.options().thinking().on() && mayThink();
    }

    /** Fails with an {@link IllegalArgumentException} when a tool's schema is no JSON object. */
    ObjectNode json() {
        ModelOptions options = call.options();
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("model", call.model());
        Integer most = options.maxOutput();
        body.put("max_tokens", most == null ? DEFAULT_MAX_OUTPUT : most);
        addSystem(body);
        ArrayNode messages = addMessages(body);
        if (!request.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            request.tools().forEach(tool -> addTool(tools, tool));
        }
        if (thinks && options.thinking().budget() > 0) {
            body.putObject("thinking")
                    .put("type", "enabled")
                    .put("budget_tokens", options.thinking().budget());
        } else if (thinks) {
            body.putObject("thinking").put("type", "adaptive");
        }
        if (options.effort() != null) {
            body.putObject("output_config").put("effort", options.effort());
        }
        if (options.cache()) {
            markForCache(body, messages);
        }
        return body.put("stream", true);
    }

    /** The space that had to be cut from the end of what was said before. */
    String spaceCutFromPrefix() {
        String prefix = Bodies.textOf(request.said());
        return prefix.substring(prefix.stripTrailing().length());
    }

    private void addSystem(ObjectNode body) {
        ArrayNode system = Json.MAPPER.createArrayNode();
        if (request.systemPrompt() != null) {
            addText(system, request.systemPrompt());
        }
        for (Message message : request.history()) {
            if (message.role() != Role.SYSTEM) {
                break;
            }
            addText(system, Bodies.textOf(message.content()));
        }
        if (!system.isEmpty()) {
            body.set("system", system);
        }
    }

    private ArrayNode addMessages(ObjectNode body) {
        ArrayNode messages = body.putArray("messages");
        boolean begun = false;
        for (Message message : request.history()) {
            begun |= message.role() != Role.SYSTEM;
            if (begun) {
                String role = message.role() == Role.ASSISTANT ? "assistant" : "user";
                append(messages, role, blocks(message));
            }
        }
        String prefix = Bodies.textOf(request.said()).stripTrailing();
        if (!prefix.isEmpty()) {
            ArrayNode said = Json.MAPPER.createArrayNode();
            addText(said, prefix);
            append(messages, "assistant", said);
        }
        return messages;
    }

    private static void append(ArrayNode messages, String role, ArrayNode blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        JsonNode last = messages.path(messages.size() - 1);
        if (last.path("role").asText("").equals(role)) {
            ((ArrayNode) last.path("content")).addAll(blocks);
        } else {
            messages.addObject().put("role", role).set("content", blocks);
        }
    }

    private ArrayNode blocks(Message message) {
        ArrayNode blocks = Json.MAPPER.createArrayNode();
        for (Part part : message.content()) {
            if (part instanceof Part.Text text) {
                addText(blocks, text.text());
            } else if (part instanceof Part.Reasoning thought && thinks) {
                addThought(blocks, thought);
            } else if (part instanceof Part.ToolCall called) {
                blocks.addObject()
                        .put("type", "tool_use")
                        .put("id", called.id())
                        .put("name", called.name())
                        .set("input", Json.parse(called.arguments()).orElseGet(Json.MAPPER::createObjectNode));
            } else if (part instanceof Part.ToolResult result) {
                addResult(blocks, result);
            }
        }
        return blocks;
    }

    private static void addText(ArrayNode blocks, String text) {
        if (!text.isBlank()) {
            blocks.addObject().put("type", "text").put("text", text);
        }
    }

    private static void addThought(ArrayNode blocks, Part.Reasoning thought) {
        Signature.valueOf(thought, MessagesReader.SIGNED)
                .ifPresent(signature -> blocks.addObject()
                        .put("type", "thinking")
                        .put("thinking", thought.text())
                        .put("signature", signature));
        Signature.valueOf(thought, MessagesReader.REDACTED)
                .ifPresent(data ->
                        blocks.addObject().put("type", "redacted_thinking").put("data", data));
    }

    private static void addResult(ArrayNode blocks, Part.ToolResult result) {
        ObjectNode block = blocks.addObject().put("type", "tool_result").put("tool_use_id", result.callId());
        String output = Bodies.plain(result.output());
        if (!output.isBlank()) {
            block.put("content", output);
        }
        if (result.error()) {
            block.put("is_error", true);
        }
    }

    private static void addTool(ArrayNode tools, ClientTool tool) {
        ObjectNode node = tools.addObject().put("name", tool.name());
        if (!tool.description().isBlank()) {
            node.put("description", tool.description());
        }
        node.set("input_schema", Bodies.schemaOf(tool));
    }

    /**
     * A beginning of the answer cannot be combined with thinking; nor can an answer that is still at its tools and began
     * without a thought of this provider's.
     */
    private boolean mayThink() {
        if (!request.said().isEmpty()) {
            return false;
        }
        List<Message> history = request.history();
        Optional<Message> first = Optional.empty();
        for (int i = history.size() - 1; i >= 0 && history.get(i).role() != Role.USER; i--) {
            if (history.get(i).role() == Role.ASSISTANT) {
                first = Optional.of(history.get(i));
            }
        }
        return first.isEmpty()
                || first.get().content().stream()
                        .anyMatch(part -> part instanceof Part.Reasoning thought
                                && (Signature.valueOf(thought, MessagesReader.SIGNED)
                                                .isPresent()
                                        || Signature.valueOf(thought, MessagesReader.REDACTED)
                                                .isPresent()));
    }

    /** At the end of what every call repeats, and at the end of what the next one will. */
    private static void markForCache(ObjectNode body, ArrayNode messages) {
        mark(body.path("tools"));
        mark(body.path("system"));
        mark(messages.path(messages.size() - 1).path("content"));
    }

    private static void mark(JsonNode blocks) {
        JsonNode last = blocks.path(blocks.size() - 1);
        if (last instanceof ObjectNode block) {
            block.putObject("cache_control").put("type", "ephemeral");
        }
    }
}
