package dev.baton.gateway.bridge.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anthropic Messages: thoughts are signed with {@code sig-} and the number of the call. */
final class FakeMessages implements FakeDialect {
    private final int call;
    private final JsonNode request;
    private int index = -1;
    private String block = "";

    FakeMessages(int call, JsonNode request) {
        this.call = call;
        this.request = request;
    }

    @Override
    public List<String> userTexts() {
        return FakeJson.userTexts(request.path("messages"));
    }

    @Override
    public String prefix() {
        return FakeJson.prefix(request);
    }

    @Override
    public boolean answersResult() {
        for (JsonNode block : FakeJson.lastMessage(request).path("content")) {
            if (block.path("type").asText("").equals("tool_result")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean offers(String tool) {
        return request.path("tools").findValuesAsText("name").contains(tool);
    }

    @Override
    public String begin() {
        ObjectNode event = event("message_start");
        ObjectNode message = event.putObject("message")
                .put("id", "msg_" + call)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", request.path("model").asText(""));
        message.putArray("content");
        message.putNull("stop_reason");
        message.putObject("usage")
                .put("input_tokens", request.path("messages").size())
                .put("cache_read_input_tokens", 3)
                .put("cache_creation_input_tokens", 2)
                .put("output_tokens", 1);
        return frame(event) + frame(event("ping"));
    }

    @Override
    public String thought(String text) {
        ObjectNode delta =
                FakeJson.MAPPER.createObjectNode().put("type", "thinking_delta").put("thinking", text);
        return in(
                        "thinking",
                        FakeJson.MAPPER.createObjectNode().put("thinking", "").put("signature", ""))
                + delta(delta);
    }

    @Override
    public String text(String text) {
        ObjectNode delta =
                FakeJson.MAPPER.createObjectNode().put("type", "text_delta").put("text", text);
        return in("text", FakeJson.MAPPER.createObjectNode().put("text", "")) + delta(delta);
    }

    @Override
    public String callBegins(int at, String id, String name) {
        String before = close();
        ObjectNode content = FakeJson.MAPPER.createObjectNode().put("id", id).put("name", name);
        content.putObject("input");
        return before + in("tool_use", content);
    }

    @Override
    public String callGoesOn(String arguments) {
        return delta(FakeJson.MAPPER
                .createObjectNode()
                .put("type", "input_json_delta")
                .put("partial_json", arguments));
    }

    @Override
    public String callEnds() {
        return close();
    }

    @Override
    public String finish(String reason, int said) {
        String before = close();
        ObjectNode event = event("message_delta");
        String stop = switch (reason) {
            case "stop" -> "end_turn";
            case "length" -> "max_tokens";
            case "tool_calls" -> "tool_use";
            case "content_filter" -> "refusal";
            default -> reason;
        };
        event.putObject("delta").put("stop_reason", stop).putNull("stop_sequence");
        event.putObject("usage").put("output_tokens", said);
        return before + frame(event) + frame(event("message_stop"));
    }

    @Override
    public JsonNode whole(String text, int said) {
        ObjectNode message = FakeJson.MAPPER
                .createObjectNode()
                .put("id", "msg_" + call)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", request.path("model").asText(""))
                .put("stop_reason", "end_turn");
        message.putArray("content").addObject().put("type", "text").put("text", text);
        message.putObject("usage")
                .put("input_tokens", request.path("messages").size())
                .put("output_tokens", said);
        return message;
    }

    @Override
    public String error(String message, @Nullable String code) {
        return FakeDialect.named("error", refusal(message, code));
    }

    @Override
    public JsonNode refusal(String message, @Nullable String code) {
        ObjectNode error = event("error");
        error.putObject("error").put("type", code == null ? "scripted" : code).put("message", message);
        return error;
    }

    private String in(String type, ObjectNode content) {
        if (block.equals(type)) {
            return "";
        }
        String before = close();
        block = type;
        index++;
        ObjectNode event = event("content_block_start").put("index", index);
        event.set(
                "content_block",
                FakeJson.MAPPER.createObjectNode().put("type", type).setAll(content));
        return before + frame(event);
    }

    private String close() {
        if (block.isEmpty()) {
            return "";
        }
        String signed = block.equals("thinking")
                ? delta(FakeJson.MAPPER
                        .createObjectNode()
                        .put("type", "signature_delta")
                        .put("signature", "sig-" + call))
                : "";
        block = "";
        return signed + frame(event("content_block_stop").put("index", index));
    }

    private String delta(ObjectNode delta) {
        ObjectNode event = event("content_block_delta").put("index", index);
        event.set("delta", delta);
        return frame(event);
    }

    private static ObjectNode event(String type) {
        return FakeJson.MAPPER.createObjectNode().put("type", type);
    }

    private static String frame(ObjectNode event) {
        return FakeDialect.named(event.path("type").asText(), event);
    }
}
