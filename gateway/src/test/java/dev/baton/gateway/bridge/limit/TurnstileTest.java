package dev.baton.gateway.bridge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.bridge.limit.Turnstile.In;
import dev.baton.gateway.bridge.limit.Turnstile.Moves;
import dev.baton.gateway.bridge.limit.Turnstile.Refused;
import dev.baton.gateway.bridge.limit.Turnstile.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void letsSoManyInAtOneTimeAndTheOthersInTheirOrder() {
        var turnstile = new Turnstile(new LimitSettings(2, 0, 2, WAIT));
        assertThat(turnstile.enter("a", NOW)).isEqualTo(new In());
        assertThat(turnstile.enter("b", NOW)).isEqualTo(new In());
        assertThat(turnstile.enter("c", NOW)).isEqualTo(new Waits());
        assertThat(turnstile.enter("d", NOW)).isEqualTo(new Waits());
        assertThat(turnstile.enter("e", NOW)).isEqualTo(new Refused(WAIT));
        assertThat(turnstile.move(NOW)).isEqualTo(new Moves(List.of(), List.of()));
        turnstile.leave("a");
        assertThat(turnstile.move(NOW)).isEqualTo(new Moves(List.of("c"), List.of()));
        turnstile.leave("b");
        assertThat(turnstile.move(NOW)).isEqualTo(new Moves(List.of("d"), List.of()));
    }

    @Test
    void letsNobodyOvertakeThoseWhoWait() {
        var turnstile = new Turnstile(new LimitSettings(1, 0, 5, WAIT));
        turnstile.enter("a", NOW);
        turnstile.enter("b", NOW);
        turnstile.leave("a");
        assertThat(turnstile.enter("c", NOW)).isEqualTo(new Waits());
        assertThat(turnstile.move(NOW).in()).containsExactly("b");
    }

    @Test
    void sendsAwayWhoHasWaitedTooLong() {
        var turnstile = new Turnstile(new LimitSettings(1, 0, 5, WAIT));
        turnstile.enter("a", NOW);
        turnstile.enter("b", NOW);
        turnstile.enter("c", NOW.plusSeconds(1));
        assertThat(turnstile.move(NOW.plus(WAIT))).isEqualTo(new Moves(List.of(), List.of("b")));
        turnstile.leave("c");
        turnstile.leave("a");
        assertThat(turnstile.isIdle(NOW)).isTrue();
    }

    @Test
    void countsWhatBeginsWithinAMinute() {
        var turnstile = new Turnstile(new LimitSettings(0, 2, 0, WAIT));
        turnstile.enter("a", NOW);
        turnstile.leave("a");
        turnstile.enter("b", NOW.plusSeconds(20));
        assertThat(turnstile.enter("c", NOW.plusSeconds(30))).isEqualTo(new Refused(Duration.ofSeconds(30)));
        assertThat(turnstile.enter("c", NOW.plusSeconds(60))).isEqualTo(new In());
        assertThat(turnstile.enter("d", NOW.plusSeconds(61))).isEqualTo(new Refused(Duration.ofSeconds(19)));
    }

    @Test
    void forgetsCallsOfNodesThatNoLongerSayThatTheyAreUnderWay() {
        var turnstile = new Turnstile(new LimitSettings(2, 0, 0, WAIT));
        turnstile.enter("dead", NOW);
        turnstile.enter("alive", NOW);
        turnstile.renew(List.of("alive"), NOW.plusSeconds(10));
        assertThat(turnstile.enter("next", NOW.plus(Turnstile.LEASE))).isEqualTo(new In());
        assertThat(turnstile.enter("more", NOW.plus(Turnstile.LEASE))).isInstanceOf(Refused.class);
    }

    @Test
    void learnsAfterAMoveWhatIsUnderWay() {
        var turnstile = new Turnstile(new LimitSettings(1, 0, 0, WAIT));
        turnstile.renew(List.of("from-before"), NOW);
        assertThat(turnstile.enter("a", NOW)).isInstanceOf(Refused.class);
    }
}
