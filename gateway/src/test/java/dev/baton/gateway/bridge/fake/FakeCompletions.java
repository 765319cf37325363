package dev.baton.gateway.bridge.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chat Completions. */
final class FakeCompletions implements FakeDialect {
    private final int call;
    private final JsonNode request;
    private final String model;
    private int index;

    FakeCompletions(int call, JsonNode request) {
        this.call = call;
        this.request = request;
        this.model = request.path("model").asText("");
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
        return FakeJson.lastMessage(request).path("role").asText().equals("tool");
    }

    @Override
    public boolean offers(String tool) {
        return request.path("tools").findValuesAsText("name").contains(tool);
    }

    @Override
    public String begin() {
        return chunk(FakeJson.delta("role", "assistant").put("content", ""), null);
    }

    @Override
    public String thought(String text) {
        return chunk(FakeJson.delta("reasoning_content", text), null);
    }

    @Override
    public String text(String text) {
        return chunk(FakeJson.delta("content", text), null);
    }

    @Override
    public String callBegins(int at, String id, String name) {
        index = at;
        return chunk(FakeJson.toolCall(index, id, name, ""), null);
    }

    @Override
    public String callGoesOn(String arguments) {
        return chunk(FakeJson.toolCall(index, null, null, arguments), null);
    }

    @Override
    public String callEnds() {
        return "";
    }

    @Override
    public String finish(String reason, int said) {
        String end = chunk(FakeJson.MAPPER.createObjectNode(), reason);
        String usage = request.path("stream_options").path("include_usage").asBoolean()
                ? FakeDialect.frame(
                        FakeJson.usage(call, model, request.path("messages").size(), said))
                : "";
        return end + usage + "data: [DONE]\n\n";
    }

    @Override
    public JsonNode whole(String text, int said) {
        ObjectNode answer = FakeJson.usage(call, model, request.path("messages").size(), said);
        ObjectNode choice = answer.put("object", "chat.completion")
                .withArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        return answer;
    }

    @Override
    public String error(String message, @Nullable String code) {
        return FakeDialect.frame(FakeJson.error(message, code));
    }

    @Override
    public JsonNode refusal(String message, @Nullable String code) {
        return FakeJson.error(message, code);
    }

    private String chunk(ObjectNode delta, @Nullable String reason) {
        return FakeDialect.frame(FakeJson.chunk(call, model, delta, reason));
    }
}
