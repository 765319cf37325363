package dev.baton.gateway.bridge.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.bridge.provider.ApiKey;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.runner.model.ModelException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final String TARGET = "local/m";
    private static final ApiKey A = new ApiKey("alpha-secret");
    private static final ApiKey B = new ApiKey("beta-secret");
    private static final HealthSettings SETTINGS = new HealthSettings(
            2, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofSeconds(5), Duration.ofMinutes(1));

    private final SetClock clock = new SetClock();
    private final Nodes nodes = new Nodes();
    private final Health here = new Health(SETTINGS, clock, nodes);
    private final Health there = new Health(SETTINGS, clock, nodes);

    @Test
    void opensAfterFailuresInARowOnly() {
        fail(here, FailureKind.TIMEOUT);
        here.answered(TARGET, "none");
        fail(here, FailureKind.OVERLOADED);
        assertThat(here.state(TARGET)).isEqualTo(BreakerState.CLOSED);
        fail(here, FailureKind.STREAM_SILENCE_TIMEOUT);
        assertThat(here.state(TARGET)).isEqualTo(BreakerState.OPEN);
        assertThat(here.admits(TARGET)).isFalse();
        assertThat(here.left(TARGET)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void takesWhatIsNotTheProvidersFaultForAnAnswer() {
        for (int i = 0; i < 5; i++) {
            fail(here, FailureKind.CONFIG);
            fail(here, FailureKind.CONTENT_FILTER);
        }
        assertThat(here.state(TARGET)).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void letsOneCallTryWhenItsTimeIsOver() {
        open(here);
        clock.pass(Duration.ofSeconds(30));
        assertThat(here.state(TARGET)).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(here.admits(TARGET)).isTrue();
        assertThat(here.admits(TARGET)).as("while one tries").isFalse();
        here.unknown(TARGET);
        assertThat(here.admits(TARGET)).as("when that one was cancelled").isTrue();
        here.begun(TARGET);
        assertThat(here.state(TARGET)).isEqualTo(BreakerState.CLOSED);
        fail(here, FailureKind.TIMEOUT);
        assertThat(here.state(TARGET)).as("the next failure").isEqualTo(BreakerState.OPEN);
    }

    @Test
    void opensAgainWhenTheCallThatTriesFails() {
        open(here);
        clock.pass(Duration.ofSeconds(30));
        here.admits(TARGET);
        fail(here, FailureKind.TIMEOUT);
        assertThat(here.left(TARGET)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void tellsOtherNodes() {
        open(here);
        assertThat(there.state(TARGET)).isEqualTo(BreakerState.OPEN);
        clock.pass(Duration.ofSeconds(30));
        there.admits(TARGET);
        there.begun(TARGET);
        assertThat(here.state(TARGET)).isEqualTo(BreakerState.CLOSED);

        here.failed(TARGET, KeyPool.printOf(A), failure(FailureKind.RATE_LIMIT, Duration.ofSeconds(7)));
        assertThat(pick(there, List.of(A))).isEqualTo(new Keys.AllAside(Duration.ofSeconds(7)));
        assertThat(nodes.told.toString()).doesNotContain("secret");
    }

    @Test
    void ignoresOldNews() {
        nodes.tell("breaker " + TARGET, clock.instant().minusSeconds(1));
        nodes.tell(
                "cooling " + KeyPool.printOf(A) + " " + TARGET, clock.instant().minusSeconds(1));
        nodes.tell("nonsense", clock.instant().plusSeconds(9));
        assertThat(here.state(TARGET)).isEqualTo(BreakerState.CLOSED);
        assertThat(here.aside(TARGET, List.of(A))).isZero();
    }

    @Test
    void usesKeysInTurn() {
        var picked = new ArrayList<ApiKey>();
        for (int i = 0; i < 4; i++) {
            picked.add(((Keys.Picked) pick(here, List.of(A, B))).key().orElseThrow());
        }
        assertThat(picked).containsExactly(A, B, A, B);
    }

    @Test
    void putsAKeyAsideForAsLongAsItsFailureSays() {
        here.failed(TARGET, KeyPool.printOf(A), failure(FailureKind.RATE_LIMIT, Duration.ofHours(5)));
        assertThat(pick(here, List.of(A))).as("at most").isEqualTo(new Keys.AllAside(Duration.ofMinutes(1)));
        here.failed(TARGET, KeyPool.printOf(B), failure(FailureKind.RATE_LIMIT, null));
        assertThat(pick(here, List.of(A, B))).as("the shortest").isEqualTo(new Keys.AllAside(Duration.ofSeconds(5)));
        clock.pass(Duration.ofSeconds(5));
        assertThat(((Keys.Picked) pick(here, List.of(A, B))).key()).contains(B);
        assertThat(here.aside(TARGET, List.of(A, B))).isEqualTo(1);
    }

    @Test
    void triesARefusedKeyOnlyWhenThereIsNoOther() {
        here.failed(TARGET, KeyPool.printOf(A), failure(FailureKind.AUTH, null));
        for (int i = 0; i < 3; i++) {
            assertThat(((Keys.Picked) pick(here, List.of(A, B))).key()).contains(B);
        }
        assertThat(((Keys.Picked) pick(here, List.of(A))).key()).contains(A);
        assertThat(here.pick(TARGET, List.of(A), Set.of(KeyPool.printOf(A))))
                .as("not twice in one call")
                .isEmpty();
        here.answered(TARGET, KeyPool.printOf(A));
        assertThat(here.aside(TARGET, List.of(A))).isZero();
    }

    @Test
    void forgetsAProviderThatWasChanged() {
        open(here);
        here.failed(TARGET, KeyPool.printOf(A), failure(FailureKind.AUTH, null));
        here.forget("local");
        assertThat(here.state(TARGET)).isEqualTo(BreakerState.CLOSED);
        assertThat(here.aside(TARGET, List.of(A))).isZero();
        assertThat(here.lastFailure(TARGET)).isEmpty();
    }

    private static void open(Health health) {
        fail(health, FailureKind.TIMEOUT);
        fail(health, FailureKind.TIMEOUT);
    }

    private static void fail(Health health, FailureKind kind) {
        health.failed(TARGET, "none", failure(kind, null));
    }

    private static ModelException failure(FailureKind kind, @Nullable Duration retryAfter) {
        boolean retryable = kind != FailureKind.CONFIG && kind != FailureKind.CONTENT_FILTER;
        return new ModelException(new Failure("m", null, kind, "local", retryable, null), retryAfter, null);
    }

    private static Keys pick(Health health, List<ApiKey> keys) {
        return health.pick(TARGET, keys, Set.of()).orElseThrow();
    }

    /** All nodes hear everything at once. */
    private static final class Nodes implements SharedHealth {
        private final List<BiConsumer<String, Instant>> listeners = new ArrayList<>();
        private final Map<String, Instant> told = new HashMap<>();

        @Override
        public void tell(String subject, Instant until) {
            told.put(subject, until);
            listeners.forEach(listener -> listener.accept(subject, until));
        }

        @Override
        public void hear(BiConsumer<String, Instant> listener) {
            listeners.add(listener);
        }
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

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
