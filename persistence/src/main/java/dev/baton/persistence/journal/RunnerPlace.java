package dev.baton.persistence.journal;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import java.util.Optional;

/** Where the chats that stand on a node get their runners. Asked with every command, so it answers from memory. */
@FunctionalInterface
public interface RunnerPlace {

    /** The chat's own node; while that one leaves, one that stays; empty when nobody stays. */
    Optional<NodeId> of(ChatId chat);
}
