package dev.baton.gateway.stream;

import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.ChatJournal.Entry;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The events that a chat has told of and that its stream has not come to yet. What does not fit is not kept: the journal
 * has it, and {@link #newest()} says that it is there.
 */
final class LiveEvents {
    private final int bound;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long newest;

    LiveEvents(int bound) {
        this.bound = bound;
    }

    void add(Chat.Committed committed) {
        long version = committed.firstVersion();
        for (var event : committed.events()) {
            boolean follows = entries.isEmpty() || entries.getLast().version() == version - 1;
            if (version > newest && follows && entries.size() < bound) {
                entries.add(new Entry(version, event));
            }
            version++;
        }
        exists(version - 1);
    }

    /** The chat is at {@code version}, or was. */
    void exists(long version) {
        newest = Math.max(newest, version);
    }

    /** The newest version that the chat is known to have. */
    long newest() {
        return newest;
    }

    /** The event of {@code version} if it is here; older ones are forgotten. */
    Optional<Entry> take(long version) {
        while (!entries.isEmpty() && entries.getFirst().version() < version) {
            entries.removeFirst();
        }
        return !entries.isEmpty() && entries.getFirst().version() == version
                ? Optional.of(entries.removeFirst())
                : Optional.empty();
    }

    /** The newest version that has to be read from the journal before what is here goes on. */
    long lastMissing() {
        return entries.isEmpty() ? newest : entries.getFirst().version() - 1;
    }

    int size() {
        return entries.size();
    }
}
