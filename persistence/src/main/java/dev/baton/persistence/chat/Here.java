package dev.baton.persistence.chat;

import java.time.Instant;

/** Where and when a command is decided. */
public record Here(NodeId node, Instant now) {}
