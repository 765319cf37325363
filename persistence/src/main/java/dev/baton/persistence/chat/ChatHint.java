package dev.baton.persistence.chat;

import org.jspecify.annotations.Nullable;

/**
 * What a chat was at one version, small enough to tell everyone. A hint may be late, repeated or lost: compare its
 * version, then act.
 */
public record ChatHint(
        ChatId chat,
        String owner,
        long version,
        long historyVersion,
        Status status,
        boolean archived,
        int attempt,
        long epoch,
        @Nullable NodeId runner) {

    /** Whether the task that {@code other} called for is the one to run now. */
    public boolean callsForTheTaskOf(ChatHint other) {
        return status == other.status && historyVersion == other.historyVersion;
    }
}
