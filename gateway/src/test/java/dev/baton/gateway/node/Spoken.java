package dev.baton.gateway.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The dialects, as clients speak them to a provider that is named like them. */
enum Spoken {
    OPENAI("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]"),
    RESPONSES("/v1/responses", "\"input\":[{\"role\":\"user\",\"content\":\"%s\"}]"),
    ANTHROPIC("/v1/messages", "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]");

    final String path;
    private final String words;

    Spoken(String path, String words) {
        this.path = path;
        this.words = words;
    }

    String model() {
        return name().toLowerCase(Locale.ROOT) + "/fake-20-0";
    }

    String body(String prompt, String more) {
        return "{ \"model\" : \"%s\", %s%s}".formatted(model(), words.formatted(prompt.replace("\"", "\\\"")), more);
    }

    String text(JsonNode body) {
        return switch (this) {
            case OPENAI ->
                body.path("choices").path(0).path("message").path("content").asText();
            case RESPONSES ->
                body.path("output").path(0).path("content").path(0).path("text").asText();
            case ANTHROPIC -> body.path("content").path(0).path("text").asText();
        };
    }

    boolean isLast(String data) {
        return data.equals("[DONE]")
                || data.contains("\"type\":\"message_stop\"")
                || data.contains("\"type\":\"response.completed\"");
    }
}
