package dev.baton.persistence.parts;

import dev.baton.persistence.chat.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * What the log has of an episode. {@code lastChunk}: the number of the newest chunk, 0 when there is none; {@code exact}:
 * whether these are all parts that were ever shown.
 */
public record LoggedEpisode(int lastChunk, List<Part> parts, Told told, boolean exact) {
    public static final LoggedEpisode EMPTY = new LoggedEpisode(0, List.of(), Told.NOTHING, true);

    public LoggedEpisode {
        parts = List.copyOf(parts);
    }

    /**
     * Joins {@code chunks}, in the order of their numbers, up to the first that does not join: a database that crashed has
     * lost what was between.
     */
    static LoggedEpisode of(List<Chunk> chunks) {
        var parts = new ArrayList<Part>();
        Told told = Told.NOTHING;
        boolean exact = true;
        int last = 0;
        for (Chunk chunk : chunks) {
            last = chunk.number();
            if (!chunk.follows(parts.size())) {
                return new LoggedEpisode(chunks.get(chunks.size() - 1).number(), parts, told, /* exact= */ false);
            }
            parts.addAll(chunk.parts());
            if (chunk.told() != null) {
                told = chunk.told();
            } else if (!chunk.parts().isEmpty()) {
                told = told.withoutPosition();
            }
            exact = !chunk.ahead();
        }
        return new LoggedEpisode(last, parts, told, exact);
    }

    /** The same with one more chunk that claims it. */
    LoggedEpisode claimed() {
        return new LoggedEpisode(lastChunk + 1, parts, told, exact);
    }
}
