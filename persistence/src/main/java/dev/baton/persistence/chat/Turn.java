package dev.baton.persistence.chat;

import org.jspecify.annotations.Nullable;

/**
 * How far the running turn is. {@code userMessage}: what started it; {@code attempt}: the current try at the current
 * step, from 1, 0 when nothing was tried; {@code retries}: failed tries at this step, which a takeover does not reset;
 * {@code steps}: committed steps; {@code retry}: there while the current attempt has failed and the next one is yet to begin.
 */
public record Turn(
        @Nullable MessageId userMessage,
        int attempt,
        int retries,
        int steps,
        boolean compaction,
        @Nullable Retry retry,
        @Nullable PendingAction action) {
    static final Turn NONE = new Turn(null, 0, 0, 0, false, null, null);

    static Turn startedBy(MessageId userMessage) {
        return new Turn(userMessage, 0, 0, 0, false, null, null);
    }

    static Turn ofCompaction() {
        return new Turn(null, 0, 0, 0, true, null, null);
    }

    Turn withAttempt(int attempt) {
        return new Turn(userMessage, attempt, retries, steps, compaction, null, action);
    }

    Turn withRetry(Retry retry) {
        return new Turn(userMessage, attempt, retries + 1, steps, compaction, retry, action);
    }

    Turn withStep() {
        return new Turn(userMessage, 0, 0, steps + 1, compaction, null, action);
    }

    /** The history changed without a step, so tries at the old one no longer count. */
    Turn withChangedHistory() {
        return new Turn(userMessage, 0, 0, steps, compaction, null, action);
    }

    Turn withAction(@Nullable PendingAction action) {
        return new Turn(userMessage, attempt, retries, steps, compaction, null, action);
    }
}
