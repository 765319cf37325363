package dev.baton.persistence.journal;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatState;
import java.util.List;

/** Several listeners as one: each hears everything, in the order in which they are given. */
public record CommitListeners(List<CommitListener> all) implements CommitListener {
    public CommitListeners {
        all = List.copyOf(all);
    }

    @Override
    public void committed(ChatState state, List<ChatEvent> events) {
        all.forEach(listener -> listener.committed(state, events));
    }

    @Override
    public void fenced(ChatState state) {
        all.forEach(listener -> listener.fenced(state));
    }

    @Override
    public void announced(ChatState state) {
        all.forEach(listener -> listener.announced(state));
    }
}
