package dev.baton.gateway.bridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.runner.model.ModelEvent.FinishReason;

/** What a dialect makes of the events of its streams. One reader reads one answer. */
public interface EventReader {

    /** {@code type}: the event's name or, without one, what its JSON says; empty when that is silent, too. */
    void read(String type, JsonNode event, AnswerDraft draft);

    /** The answer is whole; what was held back until now is added here. May still refuse the answer by failing. */
    default void finishing(FinishReason reason, AnswerDraft draft) {}
}
