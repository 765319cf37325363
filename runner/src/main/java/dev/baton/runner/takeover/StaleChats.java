package dev.baton.runner.takeover;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What a sweep asks the database. */
public interface StaleChats {

    /**
     * Chats that have work and whose runner is none of {@code live}, in the order of their ids from {@code after} on, at
     * most {@code count}.
     */
    CompletionStage<List<Stale>> withWork(Optional<ChatId> after, Set<NodeId> live, int count);

    /**
     * Chats that have work and whose runner is {@code node}, in the order of their ids from {@code after} on, at most {@code
     * count}.
     */
    CompletionStage<List<ChatId>> heldBy(NodeId node, Optional<ChatId> after, int count);

    /** How far the journal and the rows are known to agree, and where the journal ends. */
    CompletionStage<Tail> tail();

    /** Chats whose row lags behind what the journal holds after {@code mark} up to {@code end}; at most {@code count}. */
    CompletionStage<List<ChatId>> lagging(long mark, long end, int count);

    /** Moves the mark up to {@code ordering}; never down. */
    CompletionStage<?> advanceMark(long ordering);

    /** {@code epoch}: as it was seen, so that a takeover that comes too late changes nothing. */
    record Stale(ChatId chat, long epoch) {}

    record Tail(long mark, long end) {}
}
