package dev.baton.gateway.stream;

import dev.baton.persistence.view.ChatChange;
import dev.baton.persistence.view.ChatPage;
import dev.baton.persistence.view.ChatQuery;
import dev.baton.persistence.view.ChatReads;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The list of all chats, and the order in which its rows were written. */
public interface ChatList {

    CompletionStage<ChatPage> page(ChatQuery query);

    /** Rows written after number {@code after}, in order, each once and as it is now; everyone's without an owner. */
    CompletionStage<List<ChatChange>> changesAfter(long after, Optional<String> owner, int count);

    CompletionStage<Long> newestChange();

    /** The list in the database. */
    static ChatList of(ChatReads reads) {
        return new ChatList() {
            @Override
            public CompletionStage<ChatPage> page(ChatQuery query) {
                return reads.ask(rows -> rows.list(query));
            }

            @Override
            public CompletionStage<List<ChatChange>> changesAfter(long after, Optional<String> owner, int count) {
                return reads.ask(rows -> rows.changesAfter(after, owner, count));
            }

            @Override
            public CompletionStage<Long> newestChange() {
                return reads.ask(rows -> rows.newestChange());
            }
        };
    }
}
