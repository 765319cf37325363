package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A part of a message as text for a terminal. */
final class MessageText {

    private MessageText() {}

    static String of(JsonNode part) {
        return switch (part.path("type").asText()) {
            case "text" -> part.path("text").asText();
            case "reasoning" -> "(thinking) " + part.path("text").asText();
            case "tool_call" ->
                "(calls %s %s)"
                        .formatted(
                                part.path("name").asText(),
                                part.path("arguments").asText());
            case "tool_result" -> "(result %s)".formatted(part.path("output"));
            default -> "(" + part.path("type").asText() + ")";
        };
    }
}
