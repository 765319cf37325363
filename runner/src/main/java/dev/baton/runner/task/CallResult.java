package dev.baton.runner.task;

import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelEvent.FinishReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a call of a model ended. */
sealed interface CallResult {

    /** The model has said all it wanted to; {@code parts}: all of the answer, what earlier calls said included. */
    record Said(List<Part> parts, FinishReason reason, Usage usage) implements CallResult {
        public Said {
            parts = List.copyOf(parts);
        }
    }

    record Failed(Failure failure, Optional<Duration> retryAfter) implements CallResult {}

    /** What was said before cannot be gone on with: it takes a new attempt. */
    record StartAgain() implements CallResult {}

    /** The provider does not have what it was asked to go on with; nothing was said. */
    record Forgotten() implements CallResult {}

    /** The episode is somebody else's, who has reason to. */
    record Cut() implements CallResult {}
}
