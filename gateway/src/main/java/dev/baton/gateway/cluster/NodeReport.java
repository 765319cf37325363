package dev.baton.gateway.cluster;

import akka.actor.DeadLetterSuppression;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.CborSerializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself. {@code httpUrl}: where its API is; {@code since}: when it began to take requests; {@code
 * sweeper}: the cluster's sweeper stands there; {@code counts}: null when what it counts did not answer in time.
 */
public record NodeReport(
        NodeId node,
        String httpUrl,
        String version,
        Instant since,
        boolean sweeper,
        @Nullable Counts counts) implements CborSerializable, DeadLetterSuppression {

    /**
     * {@code running} of at most {@code max} chats work there, {@code waiting} more want to; {@code chats}: how many are in
     * its memory.
     */
    public record Counts(int running, int waiting, int max, int sockets, int chats) {}
}
