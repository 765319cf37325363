package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moves for tests. */
final class Moves {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    static final NodeId FROM = new NodeId("akka://baton@127.0.0.1:1#1");
    static final NodeId TO = new NodeId("akka://baton@127.0.0.1:2#2");

    private Moves() {}

    static ChatId chat(long number) {
        return new ChatId(new UUID(0, number));
    }

    /** A takeover of chat {@code number}, so many seconds after {@link #NOW}. */
    static RunnerMove move(long number, long epoch, long seconds) {
        return move(number, epoch, seconds, null);
    }

    static RunnerMove move(long number, long epoch, long seconds, @Nullable Duration pause) {
        return new RunnerMove(chat(number), epoch, FROM, TO, Move.Cause.TAKEOVER, NOW.plusSeconds(seconds), pause);
    }
}
