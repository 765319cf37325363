package dev.baton.gateway.bridge.provider;

import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelException;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one streamed answer. It is whole when its dialect's reader has found its end; whatever else ends the stream has
 * cut it off.
 */
public final class AnswerDecoder {
    private static final int MAX_EVENT = 1 << 20;

    private final ProviderFailures failures;
    private final EventReader reader;
    private final EventStreamParser parser = new EventStreamParser(MAX_EVENT);
    private final AnswerDraft draft;
    private boolean over;
    private long heard;

    public AnswerDecoder(ProviderFailures failures, EventReader reader) {
        this.failures = failures;
        this.reader = reader;
        this.draft = new AnswerDraft(failures);
    }

    /** Whether nothing that could still come is of interest. */
    public boolean hasEnded() {
        return over;
    }

    /** How often the model was heard. Comments and empty lines are a proxy's and do not count. */
    public long heard() {
        return heard;
    }

    /**
     * Adds what {@code bytes} bring to {@code events}; fails with a {@link ModelException} after
     * adding what came before the fault.
     */
    public void accept(ByteString bytes, Collection<ModelEvent> events) {
        if (over) {
            return;
        }
        try {
            parser.accept(bytes.toArray(), this::onEvent);
        } catch (EventStreamParser.TooLongException tooLong) {
            throw failures.malformed(String.valueOf(tooLong.getMessage()), false);
        } finally {
            draft.release(events);
        }
        if (draft.hasEnded()) {
            over = true;
            finish(null, events);
        }
    }

    /** The stream is over; {@code cause} is what broke it, if anything did. */
    public void end(@Nullable Throwable cause, Collection<ModelEvent> events) {
        if (over) {
            return;
        }
        over = true;
        finish(cause, events);
    }

    private void finish(@Nullable Throwable cause, Collection<ModelEvent> events) {
        FinishReason reason = draft.finish();
        if (reason == null) {
            throw failureOf(cause);
        }
        draft.finish(reason, reader, events);
    }

    private ModelException failureOf(@Nullable Throwable cause) {
        if (cause instanceof ModelException classified) {
            return classified;
        }
        return cause != null && heard == 0 ? failures.ofTransport(cause) : failures.truncated(cause);
    }

    private void onEvent(EventStreamParser.Event event) {
        if (draft.hasEnded() || event.data().isBlank()) {
            return;
        }
        heard++;
        if (event.data().strip().equals("[DONE]")) {
            draft.end();
            return;
        }
        JsonNode json = Json.parse(event.data())
                .orElseThrow(() -> failures.malformed("an event of the stream is no JSON", true));
        String type = event.type().isEmpty() ? json.path("type").asText("") : event.type();
        var error = ProviderError.in(FailureRules.NO_STATUS, json)
                .or(() -> type.equals("error")
                        ? Optional.of(ProviderError.ofObject(FailureRules.NO_STATUS, json))
                        : Optional.empty());
        if (error.isPresent()) {
            throw failures.ofStatus(error.get().status(), error.get().text(), null);
        }
        reader.read(type, json, draft);
    }
}
