package dev.baton.gateway.bridge;

import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Parts;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one streamed answer of Chat Completions.
 *
 * <p>An answer is whole when its finish reason has come; the stream's end after that is only waited for because usage
 * comes last. What arrives together leaves together: neighbouring pieces of text are joined.
 */
final class CompletionsDecoder {
    private static final int MAX_EVENT = 1 << 20;

    /** Longer pieces are split, so that one part always fits a message between nodes. */
    static final int MAX_PIECE = 16_384;

    private final ProviderFailures failures;
    private final EventStreamParser parser = new EventStreamParser(MAX_EVENT);
    private final ToolCallAssembly calls;
    private final List<Part> pieces = new ArrayList<>();
    private @Nullable FinishReason finish;
    private Usage usage = Usage.NONE;
    private boolean toldUsage;
    private boolean anyOutput;
    private boolean ended;
    private long heard;

    CompletionsDecoder(ProviderFailures failures, String toolCallIdBase) {
        this.failures = failures;
        this.calls = new ToolCallAssembly(failures, toolCallIdBase);
    }

    /** Whether nothing that could still come is of interest. */
    boolean hasEnded() {
        return ended;
    }

    /** How often the model was heard. Comments and empty lines are a proxy's and do not count. */
    long heard() {
        return heard;
    }

    /**
     * Adds what {@code bytes} bring to {@code events}; fails with a {@link ModelException} after
     * adding what came before the fault.
     */
    void accept(ByteString bytes, Collection<ModelEvent> events) {
        if (ended) {
            return;
        }
        try {
            parser.accept(bytes.toArray(), this::onEvent);
        } catch (EventStreamParser.TooLongException tooLong) {
            throw failures.malformed(String.valueOf(tooLong.getMessage()), false);
        } finally {
            release(events);
        }
        if (ended) {
            finish(events);
        }
    }

    /** The stream is over; {@code cause} is what broke it, if anything did. */
    void end(@Nullable Throwable cause, Collection<ModelEvent> events) {
        if (ended) {
            return;
        }
        ended = true;
        if (finish == null) {
            throw failureOf(cause);
        }
        finish(events);
    }

    private ModelException failureOf(@Nullable Throwable cause) {
        if (cause instanceof ModelException classified) {
            return classified;
        }
        return cause != null && heard == 0 ? failures.ofTransport(cause) : failures.truncated(cause);
    }

    private void onEvent(EventStreamParser.Event event) {
        if (ended || event.data().isBlank()) {
            return;
        }
        heard++;
        if (event.data().strip().equals("[DONE]")) {
            ended = true;
            return;
        }
        JsonNode json = Json.parse(event.data())
                .orElseThrow(() -> failures.malformed("an event of the stream is no JSON", true));
        var error = event.type().equals("error")
                ? ProviderError.in(FailureRules.NO_STATUS, json)
                        .or(() -> Optional.of(ProviderError.ofObject(FailureRules.NO_STATUS, json)))
                : ProviderError.in(FailureRules.NO_STATUS, json);
        if (error.isPresent()) {
            throw failures.ofStatus(error.get().status(), error.get().text(), null);
        }
        onChunk(json);
    }

    private void onChunk(JsonNode chunk) {
        if (chunk.path("usage").isObject()) {
            usage = usageIn(chunk.path("usage"));
            toldUsage = true;
        }
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        addReasoning(
                delta.path("reasoning_content").isTextual()
                        ? delta.path("reasoning_content")
                        : delta.path("reasoning"));
        addText(delta.path("content"));
        addText(delta.path("refusal"));
        delta.path("tool_calls").forEach(calls::add);
        JsonNode reason = choice.path("finish_reason");
        if (reason.isTextual() && !reason.textValue().isEmpty()) {
            finish = reasonIn(reason.textValue());
        }
    }

    private void addText(JsonNode text) {
        if (text.isTextual() && !text.textValue().isEmpty()) {
            pieces.add(new Part.Text(text.textValue()));
        }
    }

    private void addReasoning(JsonNode text) {
        if (text.isTextual() && !text.textValue().isEmpty()) {
            pieces.add(new Part.Reasoning(text.textValue(), null));
        }
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

    private void release(Collection<ModelEvent> events) {
        for (Part part : Parts.joined(pieces)) {
            anyOutput = true;
            split(part).forEach(piece -> events.add(new ModelEvent.Streamed(piece)));
        }
        pieces.clear();
        if (toldUsage && finish == null) {
            toldUsage = false;
            events.add(new ModelEvent.Used(usage));
        }
    }

    private void finish(Collection<ModelEvent> events) {
        FinishReason reason = finish;
        if (reason == null) {
            throw failures.truncated(null);
        }
        List<Part> whole = calls.whole(reason != FinishReason.STOP && reason != FinishReason.TOOL_CALLS);
        if (reason == FinishReason.CONTENT_FILTER && !anyOutput && whole.isEmpty()) {
            throw failures.withheld();
        }
        whole.forEach(call -> events.add(new ModelEvent.Streamed(call)));
        boolean callsTools = reason == FinishReason.STOP && !whole.isEmpty();
        events.add(new ModelEvent.Finished(callsTools ? FinishReason.TOOL_CALLS : reason, usage));
    }

    private static List<Part> split(Part part) {
        String text = part instanceof Part.Text piece ? piece.text() : ((Part.Reasoning) part).text();
        if (text.length() <= MAX_PIECE) {
            return List.of(part);
        }
        var parts = new ArrayList<Part>();
        for (int start = 0; start < text.length(); ) {
            int end = Math.min(start + MAX_PIECE, text.length());
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            String piece = text.substring(start, end);
            parts.add(part instanceof Part.Text ? new Part.Text(piece) : new Part.Reasoning(piece, null));
            start = end;
        }
        return parts;
    }

    private static Usage usageIn(JsonNode usage) {
        return new Usage(
                usage.path("prompt_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong());
    }
}
