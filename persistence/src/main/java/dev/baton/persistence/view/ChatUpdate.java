package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;

/** What one commit, or several, mean for the read side: the row as it is now, and what changed in the messages. */
public record ChatUpdate(ChatRow row, MessageChanges messages) {

    public ChatId id() {
        return row.id();
    }

    /** One update for two of the same chat, in whichever order they came. */
    ChatUpdate and(ChatUpdate other) {
        return row.version() <= other.row.version() ? followedBy(other) : other.followedBy(this);
    }

    private ChatUpdate followedBy(ChatUpdate newer) {
        return new ChatUpdate(newer.row, messages.then(newer.messages));
    }
}
