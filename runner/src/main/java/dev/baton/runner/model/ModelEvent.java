package dev.baton.runner.model;

import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;

/** What a model call yields, in order: any number of parts, then one end. */
public sealed interface ModelEvent {

    /** A piece of the answer; a tool call comes whole. */
    record Streamed(Part part) implements ModelEvent {}

    /** The provider said that the answer is whole. */
    record Finished(FinishReason reason, Usage usage) implements ModelEvent {}

    /** Why an answer ended. */
    enum FinishReason {
        STOP,
        LENGTH,
        TOOL_CALLS,
        CONTENT_FILTER
    }
}
