package dev.baton.gateway.bridge.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.provider.AnswerDraft;
import dev.baton.gateway.bridge.provider.EventReader;
import dev.baton.gateway.bridge.provider.Json;
import dev.baton.gateway.bridge.provider.ProviderError;
import dev.baton.gateway.bridge.provider.ProviderFailures;
import dev.baton.gateway.bridge.provider.Signature;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.model.ModelEvent.FinishReason;
import java.util.Optional;

/**
 * Reads a streamed answer of OpenAI Responses. Only {@code response.completed} and {@code response.incomplete} make it
 * whole.
 *
 * <p>It needs nothing of what came before the place that it begins at, so that a stream can be gone on with by somebody
 * who has not seen its beginning. Whatever is known by then about an item is in the event that ends it.
 */
final class ResponsesReader implements EventReader {
    static final String SEALED = "openai";

    private static final int MAX_CALLS = 128;

    private final ProviderFailures failures;
    private final boolean kept;
    private String response;
    private int calls;

    /** {@code kept}: the answer can be gone on with; {@code from}: where it is gone on with. */
    ResponsesReader(ProviderFailures failures, boolean kept, Optional<Place> from) {
        this.failures = failures;
        this.kept = kept;
        this.response = from.map(Place::response).orElse("");
    }

    @Override
    public void read(String type, JsonNode event, AnswerDraft draft) {
        switch (type) {
            case "response.created" -> created(event, draft);
            case "response.completed", "response.incomplete" -> finish(event.path("response"), draft);
            case "response.failed" -> throw failed(event.path("response"));
            case "response.cancelled" -> throw failures.malformed("the response was cancelled at the provider", true);
            default -> {
                place(event).map(Place::toString).ifPresent(draft::at);
                readItem(type, event, draft);
            }
        }
    }

    private void readItem(String type, JsonNode event, AnswerDraft draft) {
        switch (type) {
            case "response.output_text.delta", "response.refusal.delta" ->
                draft.text(event.path("delta").asText(""));
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                draft.reasoning(event.path("delta").asText(""));
            case "response.reasoning_summary_part.added" -> {
                if (event.path("summary_index").asInt() > 0) {
                    draft.reasoning("\n\n");
                }
            }
            case "response.output_item.done" -> itemDone(event.path("item"), draft);
            default -> {
                // the rest says again what was said, or is about tools that the provider runs itself
            }
        }
    }

    private void created(JsonNode event, AnswerDraft draft) {
        response = event.path("response").path("id").asText("");
        place(event).map(Place::toString).ifPresent(draft::keptAt);
    }

    private Optional<Place> place(JsonNode event) {
        JsonNode sequence = event.path("sequence_number");
        return kept && sequence.isIntegralNumber()
                ? Place.parse(new Place(response, sequence.asLong()).toString())
                : Optional.empty();
    }

    private void itemDone(JsonNode item, AnswerDraft draft) {
        switch (item.path("type").asText("")) {
            case "reasoning" -> {
                String secret = item.path("encrypted_content").asText("");
                if (!secret.isEmpty()) {
                    draft.sign(new Signature(SEALED, item.path("id").asText("") + ":" + secret));
                }
            }
            case "function_call" -> call(item, draft);
            default -> {
                // a message has been said in its deltas
            }
        }
    }

    /** The length limit leaves a call incomplete: then it is dropped. */
    private void call(JsonNode item, AnswerDraft draft) {
        if (item.path("status").asText("completed").equals("incomplete")) {
            return;
        }
        if (++calls > MAX_CALLS) {
            throw failures.malformed("there are more than " + MAX_CALLS + " tool calls", false);
        }
        String id = item.path("call_id").asText("");
        String name = item.path("name").asText("");
        String arguments = item.path("arguments").asText("");
        String whole = arguments.isBlank() ? "{}" : arguments;
        if (id.isEmpty()
                || name.isEmpty()
                || Json.parse(whole).filter(JsonNode::isObject).isEmpty()) {
            throw failures.malformed("a tool call has no name, or its arguments are no JSON object", true);
        }
        draft.call(new Part.ToolCall(id, name, whole));
    }

    private void finish(JsonNode answer, AnswerDraft draft) {
        JsonNode usage = answer.path("usage");
        if (usage.isObject()) {
            draft.used(ResponsesUsage.of(usage));
        }
        draft.finish(reasonIn(answer));
        draft.end();
    }

    /** Somebody who came late has not seen the calls: the answer names them. */
    private static FinishReason reasonIn(JsonNode answer) {
        if (answer.path("status").asText("").equals("incomplete")) {
            String reason = answer.path("incomplete_details").path("reason").asText("");
            return reason.equals("content_filter") ? FinishReason.CONTENT_FILTER : FinishReason.LENGTH;
        }
        for (JsonNode item : answer.path("output")) {
            if (item.path("type").asText("").equals("function_call")) {
                return FinishReason.TOOL_CALLS;
            }
        }
        return FinishReason.STOP;
    }

    private RuntimeException failed(JsonNode answer) {
        ProviderError error = ProviderError.ofObject(ProviderError.NO_STATUS, answer.path("error"));
        return failures.ofStatus(error.status(), error.text(), null);
    }
}
