package dev.baton.gateway.node.pause;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.takeover.StaleChats;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Finds nobody to take over while the gate is closed, so that the sweeper sweeps nothing. */
public record GatedStaleChats(StaleChats chats, Gate gate) implements StaleChats {

    @Override
    public CompletionStage<List<Stale>> withWork(Optional<ChatId> after, Set<NodeId> live, int count) {
        return gate.passed().thenCompose(done -> chats.withWork(after, live, count));
    }

    @Override
    public CompletionStage<List<ChatId>> heldBy(NodeId node, Optional<ChatId> after, int count) {
        return gate.passed().thenCompose(done -> chats.heldBy(node, after, count));
    }

    @Override
    public CompletionStage<Tail> tail() {
        return gate.passed().thenCompose(done -> chats.tail());
    }

    @Override
    public CompletionStage<List<ChatId>> lagging(long mark, long end, int count) {
        return chats.lagging(mark, end, count);
    }

    @Override
    public CompletionStage<?> advanceMark(long ordering) {
        return chats.advanceMark(ordering);
    }
}
