package dev.baton.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which node is dialled next: the first at random, then each after the one before it, as far as there are others. */
final class NodeTurn {
    private final Supplier<List<URI>> nodes;
    private final DoubleSupplier random;
    private @Nullable URI last;
    private int known;

    NodeTurn(Supplier<List<URI>> nodes, DoubleSupplier random) {
        this.nodes = nodes;
        this.random = random;
    }

    URI next() throws IOException {
        List<URI> all = nodes.get();
        known = all.size();
        if (all.isEmpty()) {
            throw new IOException("no node is known");
        }
        int after = last == null ? -1 : all.indexOf(last);
        int index = after < 0 ? (int) (random.getAsDouble() * all.size()) % all.size() : (after + 1) % all.size();
        last = all.get(index);
        return last;
    }

    /** How many there were at the last look. */
    int known() {
        return known;
    }
}
