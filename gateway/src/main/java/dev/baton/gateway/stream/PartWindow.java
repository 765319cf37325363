package dev.baton.gateway.stream;

import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.ArrayList;
import java.util.List;

/** The newest parts of one episode, without a gap and no more than a bounded number of them. */
final class PartWindow {
    /** So many parts that those who are a little behind the first still find them. */
    static final int BOUND = 512;
    /** So much goes out in one answer, as from the episode itself. */
    private static final int MOST_AT_ONCE = 256;

    private final EpisodeKey key;
    private final List<Part> parts = new ArrayList<>();
    private long before;

    /** Begins behind part {@code before}. */
    PartWindow(EpisodeKey key, long before) {
        this.key = key;
        this.before = before;
    }

    EpisodeKey key() {
        return key;
    }

    long last() {
        return before + parts.size();
    }

    /** Whether what comes after {@code seq} is here, or would be if there were any. */
    boolean reaches(long seq) {
        return before <= seq && seq <= last();
    }

    /** What comes after {@code seq}, which it {@link #reaches}; no parts when that is the last. */
    Pulled.Parts after(long seq) {
        int from = (int) (seq - before);
        int to = Math.min(parts.size(), from + MOST_AT_ONCE);
        return new Pulled.Parts(key, seq + 1, parts.subList(from, to));
    }

    /** Takes what follows; false when nothing of it does. */
    boolean add(Pulled.Parts more) {
        long known = last() + 1 - more.firstSeq();
        if (known < 0 || known >= more.parts().size()) {
            return false;
        }
        parts.addAll(more.parts().subList((int) known, more.parts().size()));
        int tooMany = parts.size() - BOUND;
        if (tooMany > 0) {
            parts.subList(0, tooMany).clear();
            before += tooMany;
        }
        return true;
    }

    /** Whether {@code other} begins after this episode. */
    boolean isOlderThan(EpisodeKey other) {
        int byHistory = Long.compare(key.historyVersion(), other.historyVersion());
        return byHistory == 0 ? key.attempt() < other.attempt() : byHistory < 0;
    }
}
