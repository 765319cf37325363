package dev.baton.runner.takeover;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.FakeChats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks chats up in memory, as the database would; lagging rows are given. */
final class FakeStaleChats implements StaleChats {
    private final FakeChats chats;
    private final List<ChatId> known;
    private final List<String> asked = new ArrayList<>();
    private List<ChatId> lagging = List.of();
    private Tail tail = new Tail(0, 0);
    private boolean away;
    private boolean silent;

    FakeStaleChats(FakeChats chats, List<ChatId> known) {
        this.chats = chats;
        this.known = known;
    }

    @Override
    public synchronized CompletionStage<List<Stale>> withWork(Optional<ChatId> after, Set<NodeId> live, int count) {
        asked.add("withWork");
        return answer(known.stream()
                .filter(chat ->
                        after.isEmpty() || chat.value().compareTo(after.get().value()) > 0)
                .map(chats::state)
                .filter(state -> state.status().hasWork() && !hasLiveRunner(state, live))
                .sorted(Comparator.comparing(state -> state.id().value()))
                .limit(count)
                .map(state -> new Stale(state.id(), state.hold().epoch()))
                .toList());
    }

    private static boolean hasLiveRunner(ChatState state, Set<NodeId> live) {
        NodeId node = state.hold().node();
        return node != null && live.contains(node);
    }

    @Override
    public synchronized CompletionStage<List<ChatId>> heldBy(NodeId node, Optional<ChatId> after, int count) {
        return answer(known.stream()
                .filter(chat ->
                        after.isEmpty() || chat.value().compareTo(after.get().value()) > 0)
                .map(chats::state)
                .filter(state -> node.equals(state.hold().node()))
                .map(ChatState::id)
                .sorted(Comparator.comparing(ChatId::value))
                .limit(count)
                .toList());
    }

    @Override
    public synchronized CompletionStage<Tail> tail() {
        return answer(tail);
    }

    @Override
    public synchronized CompletionStage<List<ChatId>> lagging(long mark, long end, int count) {
        asked.add("lagging %d to %d".formatted(mark, end));
        return answer(lagging);
    }

    @Override
    public synchronized CompletionStage<?> advanceMark(long ordering) {
        asked.add("advance to " + ordering);
        tail = new Tail(ordering, tail.end());
        return answer("");
    }

    private <T> CompletionStage<T> answer(T value) {
        if (silent) {
            return new CompletableFuture<>();
        }
        return away
                ? CompletableFuture.failedFuture(new IllegalStateException("the database is away"))
                : CompletableFuture.completedFuture(value);
    }

    synchronized List<String> asked() {
        List<String> all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    synchronized void setLagging(List<ChatId> chatIds) {
        lagging = chatIds;
    }

    synchronized void setEnd(long end) {
        tail = new Tail(tail.mark(), end);
    }

    synchronized void setAway(boolean isAway) {
        away = isAway;
    }

    synchronized void setSilent(boolean isSilent) {
        silent = isSilent;
    }
}
