package dev.baton.runner.model;

import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import org.jspecify.annotations.Nullable;

/** What a model call yields, in order: any number of parts, then one end. */
public sealed interface ModelEvent {

    /**
     * A piece of the answer; a tool call comes whole. {@code position}: where the provider stands after it, if it keeps
     * its answers; then every part has one.
     */
    record Streamed(Part part, @Nullable String position) implements ModelEvent {
        public Streamed(Part part) {
            this(part, null);
        }
    }

    /** The provider keeps the answer, of which nothing was said yet, under {@code position}. */
    record Kept(String position) implements ModelEvent {}

    /** What the call has cost so far, all that it told before included. */
    record Used(Usage soFar) implements ModelEvent {}

    /** The provider said that the answer is whole. */
    record Finished(FinishReason reason, Usage usage) implements ModelEvent {}

    /** The position is of no use any more. The only event of such a call. */
    record Forgotten() implements ModelEvent {}

    /** Why an answer ended. */
    enum FinishReason {
        STOP,
        LENGTH,
        TOOL_CALLS,
        CONTENT_FILTER
    }
}
