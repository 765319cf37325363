package dev.baton.persistence.view;

import java.time.Instant;
import java.util.List;

/** Where moves are kept. Blocks. */
interface MoveTable {

    /** Writes {@code moves}, all or none; those that are there already stay as they are. */
    void write(List<RunnerMove> moves);

    /** Takes moves from before {@code end} out, at most {@code count}; returns how many. */
    int purge(Instant end, int count);
}
