package dev.baton.persistence.chat;

/** What a runner's command was made for; when the chat has moved on, the command quietly does nothing. */
public record Fence(long epoch, long historyVersion) {}
