package dev.baton.gateway.bridge.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.provider.AnswerDraft;
import dev.baton.gateway.bridge.provider.EventReader;
import dev.baton.gateway.bridge.provider.Json;
import dev.baton.gateway.bridge.provider.ProviderFailures;
import dev.baton.gateway.bridge.provider.Signature;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.model.ModelEvent.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * Reads a streamed answer of Anthropic Messages. Only {@code message_stop} makes it whole. Events and blocks that are not
 * known are passed over, as the protocol wants it.
 */
final class MessagesReader implements EventReader {
    static final String SIGNED = "anthropic";
    /** Thinking that the provider shows nobody: its data stands where a signature would. */
    static final String REDACTED = "anthropic-redacted";

    private static final int MAX_ARGUMENTS = 1 << 20;
    private static final int MAX_CALLS = 128;

    private final ProviderFailures failures;
    private final StringBuilder signature = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private String block = "";
    private String callId = "";
    private String callName = "";
    private int calls;
    private int callSize;
    private boolean cutOffCall;
    private final MessagesUsage usage = new MessagesUsage();
    private @Nullable FinishReason reason;

    MessagesReader(ProviderFailures failures) {
        this.failures = failures;
    }

    @Override
    public void read(String type, JsonNode event, AnswerDraft draft) {
        switch (type) {
            case "message_start" -> use(event.path("message").path("usage"), draft);
            case "content_block_start" -> begin(event.path("content_block"), draft);
            case "content_block_delta" -> add(event.path("delta"), draft);
            case "content_block_stop" -> end(draft);
            case "message_delta" -> {
                reason = reasonIn(event.path("delta").path("stop_reason"));
                use(event.path("usage"), draft);
            }
            case "message_stop" -> {
                if (reason == null) {
                    throw failures.malformed("the message stopped without a reason", true);
                }
                draft.finish(reason);
                draft.end();
            }
            default -> {
                // ping, and what later versions bring
            }
        }
    }

    @Override
    public void finishing(FinishReason finish, AnswerDraft draft) {
        boolean mayBeCut = finish == FinishReason.LENGTH || finish == FinishReason.CONTENT_FILTER;
        if (cutOffCall && !mayBeCut) {
            throw failures.malformed("a tool call has no name, or its input is no JSON object", true);
        }
    }

    private void begin(JsonNode content, AnswerDraft draft) {
        block = content.path("type").asText("");
        switch (block) {
            case "text" -> draft.text(content.path("text").asText(""));
            case "thinking" -> {
                signature.setLength(0);
                signature.append(content.path("signature").asText(""));
                draft.reasoning(content.path("thinking").asText(""));
            }
            case "redacted_thinking" ->
                draft.sign(new Signature(REDACTED, content.path("data").asText("")));
            case "tool_use" -> {
                if (++calls > MAX_CALLS) {
                    throw failures.malformed("there are more than " + MAX_CALLS + " tool calls", false);
                }
                callId = content.path("id").asText("");
                callName = content.path("name").asText("");
                arguments.setLength(0);
                JsonNode input = content.path("input");
                if (input.isObject() && !input.isEmpty()) {
                    arguments.append(input);
                }
            }
            default -> {
                // tools that the provider runs itself say nothing to people
            }
        }
    }

    private void add(JsonNode delta, AnswerDraft draft) {
        switch (delta.path("type").asText("")) {
            case "text_delta" -> draft.text(delta.path("text").asText(""));
            case "thinking_delta" -> draft.reasoning(delta.path("thinking").asText(""));
            case "signature_delta" -> signature.append(delta.path("signature").asText(""));
            case "input_json_delta" -> {
                String piece = delta.path("partial_json").asText("");
                callSize += piece.length();
                if (callSize > MAX_ARGUMENTS) {
                    throw failures.malformed("the input of tool calls is longer than " + MAX_ARGUMENTS, false);
                }
                if (block.equals("tool_use")) {
                    arguments.append(piece);
                }
            }
            default -> {
                // citations, and what later versions bring
            }
        }
    }

    private void end(AnswerDraft draft) {
        if (block.equals("thinking") && !signature.isEmpty()) {
            draft.sign(new Signature(SIGNED, signature.toString()));
        }
        if (block.equals("tool_use")) {
            String input = arguments.toString().isBlank() ? "{}" : arguments.toString();
            boolean whole = !callName.isEmpty()
                    && !callId.isEmpty()
                    && Json.parse(input).filter(JsonNode::isObject).isPresent();
            if (whole) {
                draft.call(new Part.ToolCall(callId, callName, input));
            } else {
                cutOffCall = true;
            }
        }
        block = "";
    }

    private void use(JsonNode told, AnswerDraft draft) {
        if (told.isObject()) {
            draft.used(usage.with(told));
        }
    }

    private static @Nullable FinishReason reasonIn(JsonNode stopReason) {
        if (!stopReason.isTextual()) {
            return null;
        }
        return switch (stopReason.textValue()) {
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "refusal" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.STOP;
        };
    }
}
