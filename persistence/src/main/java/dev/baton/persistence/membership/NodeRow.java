package dev.baton.persistence.membership;

import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.time.Instant;

/**
 * A node as the database knows it.
 *
 * @param founder whether it formed the newest cluster
 * @param seenAt when it last said that it is there
 * @param readAt when this was read, by the same clock
 */
public record NodeRow(Presence presence, boolean founder, Instant startedAt, Instant seenAt, Instant readAt) {

    public NodeId node() {
        return presence.node();
    }

    public NodeState state() {
        return presence.state();
    }

    /** How long it has said nothing. */
    public Duration unseen() {
        return Duration.between(seenAt, readAt);
    }

    /** Whether it belongs to a cluster, or is about to form one. */
    public boolean isFormed() {
        return founder || state() != NodeState.JOINING;
    }
}
