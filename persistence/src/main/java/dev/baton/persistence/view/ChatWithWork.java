package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import org.jspecify.annotations.Nullable;

/** A chat that somebody should be running, and who was said to do so. */
public record ChatWithWork(
        ChatId chat, long epoch, @Nullable NodeId runner) {}
