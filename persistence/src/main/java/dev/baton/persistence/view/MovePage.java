package dev.baton.persistence.view;

import java.util.List;
import java.util.Optional;

/** Some moves, the newest first, and where to go on. */
public record MovePage(List<RunnerMove> moves, Optional<String> nextCursor) {
    public MovePage {
        moves = List.copyOf(moves);
    }
}
