package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A chat went on elsewhere with {@code epoch}. {@code pause}: how long nobody had it, when somebody saw that begin. */
public record RunnerMove(
        ChatId chat,
        long epoch,
        NodeId from,
        NodeId to,
        Move.Cause cause,
        Instant at,
        @Nullable Duration pause) {}
