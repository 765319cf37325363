package dev.baton.gateway.node.death;

import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When this node saw the first sign that another is lost, so that it can be told how long that one's chats stood still.
 * Safe from any thread.
 */
public final class LossSigns {
    /** Far more than are lost while their chats are taken over. */
    private static final int KEPT = 1000;

    private final LongSupplier nanos;
    private final Map<NodeId, Long> first = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Long> eldest) {
            return size() > KEPT;
        }
    };

    /** {@code nanos}: a clock for durations. */
    public LossSigns(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void lost(NodeId node) {
        first.putIfAbsent(node, nanos.getAsLong());
    }

    /** It was a false alarm. */
    synchronized void found(NodeId node) {
        first.remove(node);
    }

    /** How long ago the first sign was; empty when there was none. */
    public synchronized Optional<Duration> lostFor(NodeId node) {
        return Optional.ofNullable(first.get(node)).map(since -> Duration.ofNanos(nanos.getAsLong() - since));
    }
}
