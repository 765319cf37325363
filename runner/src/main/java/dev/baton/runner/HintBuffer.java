package dev.baton.runner;

import dev.baton.persistence.chat.ChatHint;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Hints on their way to one runner, of which one at a time is with it.
 *
 * <p>When it is full the newest is dropped and the older ones stay: each carries a version, so stale ones are cheap, and
 * the next sync brings the truth. To block here would spread one runner's trouble to all.
 */
final class HintBuffer {
    private final int capacity;
    private final Queue<ChatHint> waiting = new ArrayDeque<>();
    private boolean oneIsOut;

    HintBuffer(int capacity) {
        this.capacity = capacity;
    }

    /** The hint to hand over now, if any. */
    Optional<ChatHint> offer(ChatHint hint) {
        if (!oneIsOut) {
            oneIsOut = true;
            return Optional.of(hint);
        }
        if (waiting.size() < capacity) {
            waiting.add(hint);
        }
        return Optional.empty();
    }

    /** The one that was out has been taken; the next to hand over, if any. */
    Optional<ChatHint> taken() {
        Optional<ChatHint> next = Optional.ofNullable(waiting.poll());
        oneIsOut = next.isPresent();
        return next;
    }
}
