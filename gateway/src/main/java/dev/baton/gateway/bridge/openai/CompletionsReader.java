package dev.baton.gateway.bridge.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.provider.AnswerDraft;
import dev.baton.gateway.bridge.provider.EventReader;
import dev.baton.gateway.bridge.provider.ProviderFailures;
import dev.baton.runner.model.ModelEvent.FinishReason;

/**
 * Reads a streamed answer of Chat Completions.
 *
 * <p>An answer is whole when its finish reason has come; the stream's end after that is only waited for because usage
 * comes last.
 */
final class CompletionsReader implements EventReader {
    private final ProviderFailures failures;
    private final ToolCallAssembly calls;

    CompletionsReader(ProviderFailures failures, String toolCallIdBase) {
        this.failures = failures;
        this.calls = new ToolCallAssembly(failures, toolCallIdBase);
    }

    @Override
    public void read(String type, JsonNode chunk, AnswerDraft draft) {
        if (chunk.path("usage").isObject()) {
            draft.used(CompletionsUsage.of(chunk.path("usage")));
        }
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        draft.reasoning(textIn(
                delta.path("reasoning_content").isTextual()
                        ? delta.path("reasoning_content")
                        : delta.path("reasoning")));
        draft.text(textIn(delta.path("content")));
        draft.text(textIn(delta.path("refusal")));
        delta.path("tool_calls").forEach(calls::add);
        JsonNode reason = choice.path("finish_reason");
        if (reason.isTextual() && !reason.textValue().isEmpty()) {
            draft.finish(reasonIn(reason.textValue()));
        }
    }

    @Override
    public void finishing(FinishReason reason, AnswerDraft draft) {
        boolean mayBeCut = reason != FinishReason.STOP && reason != FinishReason.TOOL_CALLS;
        calls.whole(mayBeCut).forEach(draft::call);
    }

    private static String textIn(JsonNode text) {
        return text.isTextual() ? text.textValue() : "";
    }

    private FinishReason reasonIn(String text) {
        return switch (text) {
            case "length" -> FinishReason.LENGTH;
            case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            case "error" -> throw failures.malformed("the provider ended its answer with finish_reason error", true);
            default -> FinishReason.STOP;
        };
    }
}
