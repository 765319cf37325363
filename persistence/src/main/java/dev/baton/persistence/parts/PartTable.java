package dev.baton.persistence.parts;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table {@code part_chunk}. Blocks; what it cannot do is a {@code DatabaseException}. */
interface PartTable {

    /** Adds those of {@code chunks} whose numbers are free and returns which they were. */
    Set<Chunk.Id> insert(List<Chunk> chunks);

    /** The chunks of an episode in the order of their numbers. */
    List<Chunk> read(EpisodeKey key);

    /** Deletes the episodes of each chat up to its history version. */
    void delete(Map<ChatId, Long> upTo);

    /**
     * Deletes chunks older than {@code age} of chats that have gone on since and have no work, at most {@code count};
     * returns how many.
     */
    int deleteOrphans(Duration age, int count);
}
