package dev.baton.persistence.journal;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatState;
import java.util.List;

/** Hears of each commit on its node, in order for each chat, and of what a fence refused. Called by actors, so it must neither block nor throw. */
public interface CommitListener {

    /** {@code events} were written and led to {@code state}. */
    void committed(ChatState state, List<ChatEvent> events);

    /** A runner's command was refused because its epoch, or the history it was made for, is over. */
    default void fenced(ChatState state) {}

    /** Somebody missed something: {@code state} is all there is to know. */
    void announced(ChatState state);
}
