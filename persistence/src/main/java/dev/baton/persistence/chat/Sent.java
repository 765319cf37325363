package dev.baton.persistence.chat;

import org.jspecify.annotations.Nullable;

/** What became of a sent message: it entered the history as {@code message} or waits as {@code queued}. */
public record Sent(@Nullable MessageId message, @Nullable QueueId queued) {}
