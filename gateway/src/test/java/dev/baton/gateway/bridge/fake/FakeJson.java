package dev.baton.gateway.bridge.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON that the fake provider reads and writes. */
final class FakeJson {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private FakeJson() {}

    static ObjectNode chunk(int call, String model, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = frame(call, model);
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finishReason);
        return chunk;
    }

    static ObjectNode usage(int call, String model, int read, int said) {
        ObjectNode chunk = frame(call, model);
        chunk.putArray("choices");
        chunk.putObject("usage")
                .put("prompt_tokens", read)
                .put("completion_tokens", said)
                .put("total_tokens", read + said);
        return chunk;
    }

    static ObjectNode delta(String field, String text) {
        return MAPPER.createObjectNode().put(field, text);
    }

    static ObjectNode toolCall(int index, @Nullable String id, @Nullable String name, String arguments) {
        ObjectNode delta = MAPPER.createObjectNode();
        ObjectNode call = delta.putArray("tool_calls").addObject();
        call.put("index", index);
        if (id != null) {
            call.put("id", id).put("type", "function");
        }
        ObjectNode function = call.putObject("function");
        if (name != null) {
            function.put("name", name);
        }
        function.put("arguments", arguments);
        return delta;
    }

    static ObjectNode error(String message, @Nullable String code) {
        ObjectNode error = MAPPER.createObjectNode();
        error.putObject("error")
                .put("message", message)
                .put("type", "scripted")
                .put("code", code)
                .putNull("param");
        return error;
    }

    /** The texts of the user's messages, in order. */
    static List<String> userTexts(JsonNode messages) {
        var texts = new ArrayList<String>();
        for (JsonNode message : messages) {
            String text = text(message.path("content"));
            if (message.path("role").asText().equals("user") && !text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The partial answer that the request ends with; empty when it ends with something else. */
    static String prefix(JsonNode request) {
        JsonNode last = lastMessage(request);
        return last.path("role").asText().equals("assistant") ? text(last.path("content")) : "";
    }

    /** Whether {@code server} takes a request that ends with a partial answer; each wants to be asked in its way. */
    static boolean asksToGoOn(JsonNode request, String server) {
        return switch (server) {
            case "vllm" ->
                request.path("continue_final_message").asBoolean(false)
                        && !request.path("add_generation_prompt").asBoolean(true);
            case "mistral", "deepseek" -> lastMessage(request).path("prefix").asBoolean(false);
            default -> true;
        };
    }

    static JsonNode lastMessage(JsonNode request) {
        JsonNode messages = request.path("messages");
        return messages.path(messages.size() - 1);
    }

    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        var text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    private static ObjectNode frame(int call, String model) {
        return MAPPER.createObjectNode()
                .put("id", "chatcmpl-" + call)
                .put("object", "chat.completion.chunk")
                .put("created", 0)
                .put("model", model);
    }
}
