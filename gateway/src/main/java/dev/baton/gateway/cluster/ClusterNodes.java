package dev.baton.gateway.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The nodes of the cluster as an operator sees them from here. */
public interface ClusterNodes {

    /** All members, the oldest first, each with its report where it gave one in time. Never fails. */
    CompletionStage<List<NodeView>> nodes();

    /**
     * Has a node leave in order: the one that {@code name} means, or this one. A name is a node's id, its address, or what
     * is left of these without the protocol ({@code host:port}), the host ({@code port}) or all but the uid. Returns who leaves; empty when
     * no member or more than one is meant. Harmless again.
     */
    Optional<Leaving> leave(Optional<String> name);

    /** A node that has been told to leave, by its id and its address. */
    record Leaving(String node, String address) {}
}
