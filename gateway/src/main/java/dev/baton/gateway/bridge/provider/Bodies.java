package dev.baton.gateway.bridge.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Part;
import java.util.List;

/** What the writers of all dialects do alike. */
public final class Bodies {

    private Bodies() {}

    public static byte[] bytes(ObjectNode body) {
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree can always be written", impossible);
        }
    }

    /** Fails with an {@link IllegalArgumentException} when the schema is no JSON object. */
    public static JsonNode schemaOf(ClientTool tool) {
        return Json.parse(tool.inputSchema())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the input schema of tool " + tool.name() + " must be a JSON object"));
    }

    /** A result that is a JSON string is sent as what the string says. */
    public static String plain(String output) {
        return Json.parse(output)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .orElse(output);
    }

    /** The words for people among {@code parts}. */
    public static String textOf(List<Part> parts) {
        var text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }
}
