package dev.baton.runner.task;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** The one clock that all nodes agree on. */
@FunctionalInterface
public interface DatabaseClock {
    CompletionStage<Instant> now();
}
