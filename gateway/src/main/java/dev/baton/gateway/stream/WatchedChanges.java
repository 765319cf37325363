package dev.baton.gateway.stream;

import dev.baton.persistence.view.ChatChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one client is told next of the list of chats. Kept are all changes of the rows it is about after {@link #keptFrom()},
 * up to a bound; while that is ahead of {@link #told()} the client is behind, and what lies between has to be read.
 */
final class WatchedChanges {
    private final Optional<String> owner;
    private final int bound;
    private final List<ChatChange> read = new ArrayList<>();
    private final List<ChatChange> kept = new ArrayList<>();
    private long told;
    private long readTo;
    private long keptFrom;
    private long keptTo;

    WatchedChanges(Optional<String> owner, long told, int bound) {
        this.owner = owner;
        this.told = told;
        this.readTo = told;
        this.keptFrom = told;
        this.keptTo = told;
        this.bound = bound;
    }

    /** All changes up to this number were told. */
    long told() {
        return told;
    }

    long keptFrom() {
        return keptFrom;
    }

    boolean isBehind() {
        return told < keptFrom;
    }

    /** When they do not follow what is kept, or there is no room, what was kept is forgotten. */
    void add(ListFeed.Changes changes) {
        if (changes.to() <= keptTo) {
            return;
        }
        if (changes.from() > keptTo) {
            forget(changes.from());
        }
        List<ChatChange> own = changes.rows().stream()
                .filter(change -> change.number() > keptTo && isWatched(change))
                .toList();
        if (kept.size() + own.size() > bound) {
            forget(changes.to());
            return;
        }
        kept.addAll(own);
        keptTo = changes.to();
    }

    private boolean isWatched(ChatChange change) {
        return owner.isEmpty() || owner.get().equals(change.row().owner());
    }

    private void forget(long to) {
        kept.clear();
        keptFrom = to;
        keptTo = to;
    }

    /** {@code changes} were read and come next; with them all up to {@code complete} is there. */
    void found(List<ChatChange> changes, long complete) {
        read.addAll(changes);
        readTo = Math.max(
                complete,
                changes.isEmpty() ? 0 : changes.get(changes.size() - 1).number());
    }

    /** What can be told now; it counts as told. */
    List<ChatChange> take() {
        var next = new ArrayList<ChatChange>();
        read.stream().filter(change -> change.number() > told).forEach(next::add);
        read.clear();
        told = Math.max(told, readTo);
        if (!isBehind()) {
            kept.stream().filter(change -> change.number() > told).forEach(next::add);
            told = Math.max(told, keptTo);
            forget(told);
        }
        return next;
    }
}
