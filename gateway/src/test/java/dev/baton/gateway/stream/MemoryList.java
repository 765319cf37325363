package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.view.ChatChange;
import dev.baton.persistence.view.ChatPage;
import dev.baton.persistence.view.ChatQuery;
import dev.baton.persistence.view.ChatRow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The list of chats in memory; it knows owner, status and limit, and nothing of searching. */
public final class MemoryList implements ChatList {
    private final Map<ChatId, ChatChange> rows = new LinkedHashMap<>();
    private long newest;

    /** Writes the chat's row and says what was written. */
    public synchronized List<ChatChange> write(ChatState state) {
        newest++;
        var change = new ChatChange(newest, ChatRow.of(state));
        rows.put(state.id(), change);
        return List.of(change);
    }

    /** Numbers that were used for what is no row any more. */
    public synchronized void skip(int numbers) {
        newest += numbers;
    }

    @Override
    public synchronized CompletionStage<ChatPage> page(ChatQuery query) {
        List<ChatRow> page = rows.values().stream()
                .map(ChatChange::row)
                .filter(row -> query.owner().map(row.owner()::equals).orElse(true))
                .filter(row ->
                        query.status().map(status -> status == row.status()).orElse(true))
                .filter(row -> row.archived() == query.archived())
                .limit(query.limit())
                .toList();
        return CompletableFuture.completedFuture(new ChatPage(page, Optional.empty()));
    }

    @Override
    public synchronized CompletionStage<List<ChatChange>> changesAfter(long after, Optional<String> owner, int count) {
        return CompletableFuture.completedFuture(rows.values().stream()
                .filter(change -> change.number() > after)
                .filter(change -> owner.map(change.row().owner()::equals).orElse(true))
                .sorted(Comparator.comparingLong(ChatChange::number))
                .limit(count)
                .toList());
    }

    @Override
    public synchronized CompletionStage<Long> newestChange() {
        return CompletableFuture.completedFuture(newest);
    }
}
