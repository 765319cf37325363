package dev.baton.persistence.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccountStateTest {
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    @Test
    void holdsWhatIsReservedUntilItIsSettled() {
        AccountState state = opened("2026-03").apply(reserved(FIRST, 5)).apply(reserved(SECOND, 7));
        assertThat(state.reserved()).isEqualTo(tokens(12));
        AccountState settled = state.apply(settled(FIRST, 2));
        assertThat(settled.reserved()).isEqualTo(tokens(7));
        assertThat(settled.spent()).isEqualTo(tokens(2));
    }

    @Test
    void settlesOnce() {
        AccountState state = opened("2026-03").apply(reserved(FIRST, 5)).apply(settled(FIRST, 2));
        assertThat(state.apply(settled(FIRST, 2))).isEqualTo(state);
    }

    @Test
    void aCallCountsInTheWindowThatItBeganIn() {
        AccountState next =
                opened("2026-03").apply(reserved(FIRST, 5)).apply(new AccountEvent.Opened("2026-04", tokens(1)));
        assertThat(next.reserved()).isEqualTo(Amount.NOTHING);
        AccountState settled = next.apply(settled(FIRST, 5));
        assertThat(settled.spent()).isEqualTo(tokens(1));
        assertThat(settled.held()).isEmpty();
    }

    @Test
    void windowsAreThoseOfUtc() {
        Instant at = Instant.parse("2026-03-04T23:59:59Z");
        assertThat(Window.DAY.at(at)).isEqualTo("2026-03-04");
        assertThat(Window.MONTH.at(at)).isEqualTo("2026-03");
        assertThat(Window.TOTAL.at(at)).isEqualTo("total");
        assertThat(Window.MONTH.start(at)).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(Window.DAY.start(at)).isEqualTo(Instant.parse("2026-03-04T00:00:00Z"));
    }

    @Test
    void aLimitAllowsWhatIsWithinBothOfItsNumbers() {
        var limit = new Limit(BigDecimal.TEN, 10L);
        assertThat(limit.allows(new Amount(new BigDecimal("10.00"), 10))).isTrue();
        assertThat(limit.allows(new Amount(new BigDecimal("10.01"), 1))).isFalse();
        assertThat(limit.allows(tokens(11))).isFalse();
        assertThat(new Limit(null, null).allows(tokens(11))).isTrue();
    }

    private static AccountState opened(String window) {
        return AccountState.NEW.apply(new AccountEvent.Opened(window, Amount.NOTHING));
    }

    private static AccountEvent reserved(UUID call, long tokens) {
        return new AccountEvent.Changed(List.of(new AccountEvent.Reserved(call, tokens(tokens))), List.of());
    }

    private static AccountEvent settled(UUID call, long tokens) {
        return new AccountEvent.Changed(List.of(), List.of(new AccountEvent.Settled(call, tokens(tokens))));
    }

    private static Amount tokens(long tokens) {
        return new Amount(BigDecimal.ZERO, tokens);
    }
}
