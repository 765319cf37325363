package dev.baton.runner;

import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Fence;
import dev.baton.persistence.chat.NodeId;
import java.util.Objects;

/** One runner's hold on one chat. It ends when the chat gets another runner or none. */
public record Epoch(ChatId chat, long number, NodeId node) {

    /** The hold that {@code hint} tells of, which must be by {@code node}. */
    static Epoch of(ChatHint hint, NodeId node) {
        return new Epoch(hint.chat(), hint.epoch(), node);
    }

    public boolean covers(ChatHint hint) {
        return chat.equals(hint.chat()) && number == hint.epoch() && Objects.equals(node, hint.runner());
    }

    /** What guards the writes of a task that was started for {@code hint}. */
    public Fence fence(ChatHint hint) {
        return new Fence(number, hint.historyVersion());
    }
}
