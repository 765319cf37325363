package dev.baton.gateway.cluster;

import dev.baton.persistence.chat.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A member of the cluster. {@code status}: Akka's word for it in lower case; {@code reachable}: nobody misses its
 * heartbeats; {@code report}: null when it did not answer in time.
 */
public record NodeView(
        NodeId node,
        String uid,
        String status,
        boolean reachable,
        boolean oldest,
        boolean leader,
        boolean self,
        @Nullable NodeReport report) {}
