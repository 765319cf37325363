package dev.baton.gateway.bridge.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI Responses: thoughts are sealed with {@code sealed-} and the number of the call. */
final class FakeResponses implements FakeDialect {
    private final int call;
    private final JsonNode request;
    private final ArrayNode output = FakeJson.MAPPER.createArrayNode();
    private final StringBuilder said = new StringBuilder();
    private ObjectNode item = FakeJson.MAPPER.createObjectNode();
    private String open = "";
    private int sequence = -1;

    FakeResponses(int call, JsonNode request) {
        this.call = call;
        this.request = request;
    }

    static String id(int call) {
        return "resp_" + call;
    }

    @Override
    public List<String> userTexts() {
        return FakeJson.userTexts(request.path("input"));
    }

    @Override
    public String prefix() {
        return "";
    }

    @Override
    public boolean answersResult() {
        JsonNode input = request.path("input");
        return input.path(input.size() - 1).path("type").asText("").equals("function_call_output");
    }

    @Override
    public boolean offers(String tool) {
        return request.path("tools").findValuesAsText("name").contains(tool);
    }

    @Override
    public String begin() {
        ObjectNode created = event("response.created");
        created.set("response", response("in_progress"));
        ObjectNode inProgress = event("response.in_progress");
        inProgress.set("response", response("in_progress"));
        return frame(created) + frame(inProgress);
    }

    @Override
    public String thought(String text) {
        return in("reasoning") + delta("response.reasoning_summary_text.delta", text);
    }

    @Override
    public String text(String text) {
        return in("message") + delta("response.output_text.delta", text);
    }

    @Override
    public String callBegins(int at, String id, String name) {
        String before = close();
        item = FakeJson.MAPPER
                .createObjectNode()
                .put("call_id", id)
                .put("name", name)
                .put("arguments", "");
        return before + in("function_call");
    }

    @Override
    public String callGoesOn(String arguments) {
        return delta("response.function_call_arguments.delta", arguments);
    }

    @Override
    public String callEnds() {
        return close();
    }

    @Override
    public String finish(String reason, int tokens) {
        String before = close();
        boolean whole = reason.equals("stop") || reason.equals("tool_calls");
        ObjectNode response = response(whole ? "completed" : "incomplete");
        if (!whole) {
            response.putObject("incomplete_details")
                    .put("reason", reason.equals("length") ? "max_output_tokens" : reason);
        }
        ObjectNode usage = response.putObject("usage")
                .put("input_tokens", request.path("input").size())
                .put("output_tokens", tokens);
        usage.putObject("input_tokens_details").put("cached_tokens", 1);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        ObjectNode event = event(whole ? "response.completed" : "response.incomplete");
        event.set("response", response);
        return before + frame(event);
    }

    @Override
    public JsonNode whole(String text, int said) {
        ObjectNode answer = response("completed");
        ObjectNode message = answer.withArray("output")
                .addObject()
                .put("type", "message")
                .put("id", "message_" + call)
                .put("role", "assistant")
                .put("status", "completed");
        message.putArray("content")
                .addObject()
                .put("type", "output_text")
                .put("text", text)
                .putArray("annotations");
        answer.putObject("usage")
                .put("input_tokens", request.path("input").size())
                .put("output_tokens", said)
                .put("total_tokens", said);
        return answer.putNull("error");
    }

    @Override
    public String error(String message, @Nullable String code) {
        ObjectNode response = response("failed");
        response.putObject("error")
                .put("code", code == null ? "server_error" : code)
                .put("message", message);
        ObjectNode event = event("response.failed");
        event.set("response", response);
        return frame(event);
    }

    @Override
    public JsonNode refusal(String message, @Nullable String code) {
        return FakeJson.error(message, code);
    }

    private String in(String type) {
        if (open.equals(type)) {
            return "";
        }
        String before = close();
        open = type;
        item.put("type", type).put("id", type + "_" + call + "_" + output.size());
        ObjectNode added = event("response.output_item.added").put("output_index", output.size());
        added.set("item", item.deepCopy().put("status", "in_progress"));
        return before + frame(added);
    }

    private String delta(String type, String delta) {
        said.append(delta);
        return frame(event(type)
                .put("item_id", item.path("id").asText())
                .put("output_index", output.size())
                .put("delta", delta));
    }

    private String close() {
        if (open.isEmpty()) {
            return "";
        }
        switch (open) {
            case "reasoning" -> {
                item.putArray("summary").addObject().put("type", "summary_text").put("text", said.toString());
                item.put("encrypted_content", "sealed-" + call);
            }
            case "function_call" -> item.put("arguments", said.toString());
            default ->
                item.putArray("content").addObject().put("type", "output_text").put("text", said.toString());
        }
        item.put("status", "completed");
        ObjectNode done = event("response.output_item.done").put("output_index", output.size());
        done.set("item", item);
        output.add(item);
        item = FakeJson.MAPPER.createObjectNode();
        said.setLength(0);
        open = "";
        return frame(done);
    }

    private ObjectNode response(String status) {
        ObjectNode response = FakeJson.MAPPER
                .createObjectNode()
                .put("id", id(call))
                .put("object", "response")
                .put("status", status)
                .put("model", request.path("model").asText(""));
        response.set("output", output.deepCopy());
        return response;
    }

    private ObjectNode event(String type) {
        sequence++;
        return FakeJson.MAPPER.createObjectNode().put("type", type).put("sequence_number", sequence);
    }

    private static String frame(ObjectNode event) {
        return FakeDialect.named(event.path("type").asText(), event);
    }
}
