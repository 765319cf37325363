package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Cancellable;
import dev.baton.gateway.auth.TokenEnds.Ending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenEndsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final SetClock clock = new SetClock();
    private final List<Duration> delays = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private int cancelled;
    private final TokenEnds ends = new TokenEnds(clock, (delay, work) -> {
        delays.add(delay);
        timers.add(work);
        return new Cancellable() {
            @Override
            public boolean cancel() {
                cancelled++;
                return true;
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
    });
    private final List<Ending> told = new ArrayList<>();

    @Test
    void tellsEachWhoWatchesARevokedTokenOnce() {
        ends.watch(caller("t1", null), told::add);
        ends.watch(caller("t1", null), told::add);
        ends.watch(caller("t2", null), told::add);
        ends.revoke("t1");
        ends.revoke("t1");
        assertThat(told).containsExactly(Ending.REVOKED, Ending.REVOKED);
        assertThat(ends.watching()).isEqualTo(1);
    }

    @Test
    void tellsWhoComesTooLateAtOnce() {
        ends.revoke("t1");
        ends.watch(caller("t1", null), told::add);
        assertThat(told).containsExactly(Ending.REVOKED);
        assertThat(ends.watching()).isZero();
    }

    @Test
    void tellsNobodyWhoHasGone() {
        Runnable gone = ends.watch(caller("t1", NOON.plusSeconds(60)), told::add);
        gone.run();
        gone.run();
        ends.revoke("t1");
        assertThat(told).isEmpty();
        assertThat(cancelled).isEqualTo(1);
        assertThat(ends.watching()).isZero();
    }

    @Test
    void tellsWhenATokenExpires() {
        ends.watch(caller("t1", NOON.plusSeconds(60)), told::add);
        assertThat(delays).containsExactly(Duration.ofSeconds(60));
        clock.now = NOON.plusSeconds(60);
        timers.get(0).run();
        assertThat(told).containsExactly(Ending.EXPIRED);
        ends.watch(caller("t1", NOON.plusSeconds(60)), told::add);
        assertThat(told).hasSize(2);
        assertThat(ends.watching()).isZero();
    }

    @Test
    void setsNoTimerForLongerThanADay() {
        ends.watch(caller("t1", NOON.plus(Duration.ofDays(2))), told::add);
        clock.now = NOON.plus(Duration.ofDays(1));
        timers.get(0).run();
        assertThat(told).isEmpty();
        assertThat(delays).containsExactly(Duration.ofDays(1), Duration.ofDays(1));
    }

    private static Caller caller(String token, @Nullable Instant expires) {
        return new Caller("ada", Role.USER, token, expires);
    }

    private static final class SetClock extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
