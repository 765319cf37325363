package dev.baton.gateway.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.Part;
import java.util.ArrayList;
import java.util.List;

/** Parts as streams word them. */
final class PartJson {

    private PartJson() {}

    static List<Part> parts(JsonNode content) {
        var parts = new ArrayList<Part>();
        content.forEach(each -> parts.add(part(each)));
        return parts;
    }

    static Part part(JsonNode json) {
        String type = json.path("type").asText();
        return switch (type) {
            case "text" -> new Part.Text(json.path("text").asText());
            case "reasoning" ->
                new Part.Reasoning(
                        json.path("text").asText(),
                        json.hasNonNull("signature") ? json.path("signature").asText() : null);
            case "tool_call" ->
                new Part.ToolCall(
                        json.path("id").asText(),
                        json.path("name").asText(),
                        json.path("arguments").asText());
            case "tool_result" ->
                new Part.ToolResult(
                        json.path("call_id").asText(),
                        Json.text(json.path("output")),
                        json.path("is_error").asBoolean());
            default -> throw new IllegalArgumentException("no part is of type " + type);
        };
    }
}
