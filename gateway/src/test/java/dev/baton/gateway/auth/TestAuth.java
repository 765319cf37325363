package dev.baton.gateway.auth;

import akka.actor.typed.ActorSystem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** All of a node's authentication over tokens in memory, alone in its cluster. */
public final class TestAuth {
    public static final Clock CLOCK = Clock.fixed(MemoryTokenTable.NOW, ZoneOffset.UTC);

    private TestAuth() {}

    /** {@code open}: whether the user at the machine needs no token. */
    public static Auth of(ActorSystem<?> system, MemoryTokenTable table, boolean open) {
        return of(system, table, settings(open, Optional.empty()));
    }

    static Auth of(ActorSystem<?> system, MemoryTokenTable table, AuthSettings settings) {
        var ids = new AtomicLong();
        return Auth.of(
                system,
                settings,
                table,
                Runnable::run,
                CLOCK,
                new Auth.Chance(chance(), () -> new UUID(9, ids.incrementAndGet())),
                token -> CompletableFuture.completedFuture(List.of()));
    }

    static AuthSettings settings(boolean open, Optional<Path> localToken) {
        return new AuthSettings(
                open,
                localToken,
                Optional.of(new Secret("the operator's own token, long enough")),
                Set.of(),
                Set.of(),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                100,
                Duration.ofSeconds(5),
                Optional.empty());
    }

    /** Different bytes each time, and the same ones in each run. */
    static Supplier<byte[]> chance() {
        var made = new AtomicLong();
        return () -> {
            var bytes = new byte[Auth.Chance.BYTES];
            bytes[0] = (byte) made.incrementAndGet();
            return bytes;
        };
    }

    /** Ends nobody's tokens. */
    public static TokenEnds endless() {
        return new TokenEnds(CLOCK, (delay, work) -> akka.actor.Cancellable.alreadyCancelled());
    }
}
