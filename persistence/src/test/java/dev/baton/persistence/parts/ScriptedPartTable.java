package dev.baton.persistence.parts;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.schema.DatabaseException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A table in memory that fails when it is told to. */
final class ScriptedPartTable implements PartTable {

    /** What goes wrong with a write. */
    enum Fault {
        /** It is not done. */
        AWAY,
        /** It is done, but nobody hears of it. */
        ANSWER_LOST
    }

    /** How many parts each write brought. */
    final List<Integer> groups = new ArrayList<>();

    final Map<ChatId, Long> deleted = new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
    private final Map<Chunk.Id, Chunk> chunks =
            new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
    private final Deque<Fault> faults = new ArrayDeque<>();

    synchronized void next(Fault... next) {
        faults.addAll(List.of(next));
    }

    @Override
    public synchronized Set<Chunk.Id> insert(List<Chunk> more) {
        Fault fault = faults.poll();
        if (fault == Fault.AWAY) {
            throw away();
        }
        if (more.stream().anyMatch(chunk -> chunk.parts().equals(Said.words("refuse me")))) {
            throw new DatabaseException("refused", new SQLException("refused", "22021"));
        }
        groups.add(more.stream().mapToInt(chunk -> chunk.parts().size()).sum());
        var added = new HashSet<Chunk.Id>();
        for (Chunk chunk : more) {
            if (chunks.putIfAbsent(chunk.id(), chunk) == null) {
                added.add(chunk.id());
            }
        }
        if (fault == Fault.ANSWER_LOST) {
            throw away();
        }
        return added;
    }

    @Override
    public synchronized List<Chunk> read(EpisodeKey key) {
        if (faults.peek() == Fault.AWAY) {
            faults.remove();
            throw away();
        }
        return chunks.values().stream().filter(chunk -> chunk.key().equals(key)).toList();
    }

    @Override
    public synchronized void delete(Map<ChatId, Long> upTo) {
        upTo.forEach((chat, version) -> deleted.merge(chat, version, Math::max));
    }

    @Override
    public int deleteOrphans(Duration age, int count) {
        return 0;
    }

    private static DatabaseException away() {
        return new DatabaseException("away", null);
    }
}
