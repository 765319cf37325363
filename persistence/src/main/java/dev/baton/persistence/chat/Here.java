package dev.baton.persistence.chat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where and when a command is decided. {@code node}: who runs the chat if it needs a runner; null when nobody can. */
public record Here(@Nullable NodeId node, Instant now) {}
