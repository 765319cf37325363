package dev.baton.gateway.node.split;

import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has been silent since when, and when it is this node's turn to have that decided.
 *
 * <p>The wait begins anew whenever others are silent than before, so that both parts of a split have seen all of it before
 * either counts; not for ever, since one node that comes and goes must not protect another that is gone. The larger part
 * asks first, of two halves the one with the oldest node, for there is least to move then. Of one part the oldest node
 * asks first; the others follow in case that it gets no answer.
 */
final class Silence {
    private static final Duration BETWEEN_ASKERS = Duration.ofMillis(300);
    private static final int MOST_RESETS = 3;

    private final SplitSettings settings;
    private final Map<NodeId, Long> since = new HashMap<>();
    private long changed;

    Silence(SplitSettings settings) {
        this.settings = settings;
    }

    /**
     * A node's view of its cluster.
     *
     * @param voters the members that count, the oldest first; {@code self} is none of them while it joins or ends
     * @param silent those members, of any kind, that cannot be reached and are not on their way out already
     */
    record View(NodeId self, List<NodeId> voters, Set<NodeId> silent) {
        View {
            voters = List.copyOf(voters);
            silent = Set.copyOf(silent);
        }

        private List<NodeId> ownPart() {
            return voters.stream().filter(voter -> !silent.contains(voter)).toList();
        }

        private boolean isOfTheSmallerPart() {
            int own = ownPart().size();
            int others = voters.size() - own;
            return own < others || (own == others && silent.contains(voters.get(0)));
        }
    }

    /** Those whose end is to be decided now; empty while there is still time, or nobody is silent. */
    Set<NodeId> due(View view, long nanoTime) {
        if (!since.keySet().equals(view.silent())) {
            since.keySet().retainAll(view.silent());
            view.silent().forEach(node -> since.putIfAbsent(node, nanoTime));
            changed = nanoTime;
        }
        int place = view.ownPart().indexOf(view.self());
        if (since.isEmpty() || place < 0) {
            return Set.of();
        }
        Duration wait = settings.stableAfter().plus(BETWEEN_ASKERS.multipliedBy(place));
        if (view.isOfTheSmallerPart()) {
            wait = wait.plus(settings.minorityDelay());
        }
        long longest =
                since.values().stream().mapToLong(from -> nanoTime - from).max().orElse(0);
        boolean over = nanoTime - changed >= wait.toNanos()
                || longest >= wait.multipliedBy(MOST_RESETS).toNanos();
        return over ? view.silent() : Set.of();
    }
}
