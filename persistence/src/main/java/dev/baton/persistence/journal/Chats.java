package dev.baton.persistence.journal;

import dev.baton.persistence.chat.ChatId;

/** Reaches chats by name, wherever in the cluster they are. */
@FunctionalInterface
public interface Chats {
    /** At most once, like any message; whoever needs to know asks with a deadline. */
    void tell(ChatId chat, Chat.Command command);
}
