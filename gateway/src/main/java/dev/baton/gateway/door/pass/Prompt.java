package dev.baton.gateway.door.pass;

import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.json.Json;
import java.util.Optional;

/** Finds what the user says last, in whatever dialect. */
final class Prompt {

    private Prompt() {}

    /** Empty when there is no such text. */
    static Optional<String> in(ByteString body) {
        JsonNode json;
        try {
            json = Json.read(body.toArrayUnsafe());
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
        JsonNode input = json.path("input");
        if (input.isTextual()) {
            return Optional.of(input.textValue());
        }
        JsonNode messages = input.isArray() ? input : json.path("messages");
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).path("role").asText("").equals("user")) {
                String text = textOf(messages.get(i).path("content"));
                if (!text.isEmpty()) {
                    return Optional.of(text);
                }
            }
        }
        return Optional.empty();
    }

    private static String textOf(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        var text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }
}
