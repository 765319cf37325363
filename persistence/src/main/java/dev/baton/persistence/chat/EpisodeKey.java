package dev.baton.persistence.chat;

/** Names one attempt's parts: the chat, the history version it answers, and the attempt. */
public record EpisodeKey(ChatId chat, long historyVersion, int attempt) {}
