package dev.baton.persistence.parts;

import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One write of an episode. {@code number}: from 1; {@code firstSeq}: of its first part, or of the next one when it has
 * none, or 0 when it does not say; {@code told}: all that the provider has told besides words, null when that has not changed; {@code ahead}: whether
 * people may have been shown parts that are not logged.
 */
public record Chunk(
        EpisodeKey key,
        int number,
        long epoch,
        long firstSeq,
        List<Part> parts,
        @Nullable Told told,
        boolean ahead) {
    private static final long ANYWHERE = 0;

    public Chunk {
        parts = List.copyOf(parts);
    }

    /** A chunk that only takes a number. */
    static Chunk claim(EpisodeKey key, int number, long epoch, boolean ahead) {
        return new Chunk(key, number, epoch, ANYWHERE, List.of(), null, ahead);
    }

    /** Whether it can come right after {@code parts} parts. */
    boolean follows(int parts) {
        return firstSeq == ANYWHERE || firstSeq == parts + 1L;
    }

    /** What tells chunks apart. */
    record Id(EpisodeKey key, int number) {}

    Id id() {
        return new Id(key, number);
    }
}
