package dev.baton.gateway.stream;

import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.ChatJournal.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The events that come next, as far as they are here: those of the page that was read, then those that were told live. */
final class Upcoming {
    private final Deque<Entry> page = new ArrayDeque<>();
    private final LiveEvents live;

    /** {@code newest}: a version that the chat has; {@code bound}: how many live events are kept. */
    Upcoming(long newest, int bound) {
        this.live = new LiveEvents(bound);
        live.exists(newest);
    }

    /** The chat is at {@code version}, or was. */
    void exists(long version) {
        live.exists(version);
    }

    void committed(Chat.Committed committed) {
        live.add(committed);
    }

    /** False, and nothing is taken, when the page does not begin with {@code version}. */
    boolean read(List<Entry> read, long version) {
        return !read.isEmpty() && read.get(0).version() == version && page.addAll(read);
    }

    /** The event of {@code version} if it is here; older ones are forgotten. */
    Optional<Entry> take(long version) {
        while (!page.isEmpty() && page.getFirst().version() < version) {
            page.removeFirst();
        }
        return page.isEmpty() ? live.take(version) : Optional.of(page.removeFirst());
    }

    /** Whether the chat has {@code version}, so that it can be read. */
    boolean has(long version) {
        return live.newest() >= version;
    }

    /** The newest version that has to be read before what is here goes on. */
    long lastMissing() {
        return live.lastMissing();
    }
}
