package dev.baton.gateway.door.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.door.ModelNames;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.door.Said;
import dev.baton.gateway.door.TurnId;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response object of a turn, as it is at some moment. */
final class Response {
    static final String PREFIX = "resp_";
    static final String CONVERSATION = "conv_";

    private Response() {}

    static String id(Started turn) {
        return turn.id().text(PREFIX);
    }

    /** {@code over}: null while the turn runs. */
    static ObjectNode json(Started turn, List<ObjectNode> output, Said.@Nullable Over over) {
        ObjectNode json = Json.object();
        json.put("id", id(turn)).put("object", "response");
        json.put("created_at", turn.input().createdAt().getEpochSecond());
        String status = status(over);
        if (over != null && over.at() != null && status.equals("completed")) {
            json.put("completed_at", Instant.parse(over.at()).getEpochSecond());
        }
        json.put("status", status);
        json.set("error", error(over));
        json.set("incomplete_details", incomplete(over));
        json.put("instructions", turn.chat().origin().systemPrompt());
        json.putNull("max_output_tokens");
        json.put("model", ModelNames.of(turn.chat().model()));
        ArrayNode items = json.putArray("output");
        output.forEach(item -> items.add(item.deepCopy()));
        json.put("parallel_tool_calls", true).putNull("previous_response_id");
        json.putObject("conversation")
                .put("id", TurnId.chatText(CONVERSATION, turn.chat().id()));
        json.put("store", Labels.isStored(turn.chat()));
        json.putNull("temperature").putNull("top_p");
        json.putObject("text").putObject("format").put("type", "text");
        json.put("tool_choice", "auto");
        ArrayNode tools = json.putArray("tools");
        turn.chat().origin().tools().forEach(tool -> tools.add(tool(tool)));
        json.put("truncation", "disabled");
        json.set("usage", over == null ? Json.object().nullNode() : usage(over.usage()));
        json.set("metadata", Labels.metadata(turn.chat()));
        return json;
    }

    private static String status(Said.@Nullable Over over) {
        if (over == null) {
            return "in_progress";
        }
        return switch (over.outcome()) {
            case DONE, CALLS -> "completed";
            case LENGTH, FILTERED -> "incomplete";
            case CANCELLED -> "cancelled";
            case FAILED -> "failed";
        };
    }

    private static JsonNode incomplete(Said.@Nullable Over over) {
        Said.Outcome outcome = over == null ? Said.Outcome.DONE : over.outcome();
        return switch (outcome) {
            case LENGTH -> Json.object().put("reason", "max_output_tokens");
            case FILTERED -> Json.object().put("reason", "content_filter");
            case DONE, CALLS, CANCELLED, FAILED -> Json.object().nullNode();
        };
    }

    private static JsonNode error(Said.@Nullable Over over) {
        if (over == null || over.outcome() != Said.Outcome.FAILED) {
            return Json.object().nullNode();
        }
        Refused failure = Refused.failure(over.failure());
        boolean limit = failure.status() == 429;
        return Json.object()
                .put("code", limit ? "rate_limit_exceeded" : "server_error")
                .put("message", failure.code() + ": " + failure.text());
    }

    private static ObjectNode tool(ClientTool tool) {
        ObjectNode json = Json.object().put("type", "function").put("name", tool.name());
        json.put("description", tool.description());
        json.set("parameters", Json.embedded(tool.inputSchema()));
        return json.put("strict", false);
    }

    private static ObjectNode usage(Usage usage) {
        ObjectNode json = Json.object().put("input_tokens", usage.inputTokens());
        json.putObject("input_tokens_details").put("cached_tokens", usage.cachedTokens());
        json.put("output_tokens", usage.outputTokens());
        json.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        return json.put("total_tokens", usage.inputTokens() + usage.outputTokens());
    }
}
