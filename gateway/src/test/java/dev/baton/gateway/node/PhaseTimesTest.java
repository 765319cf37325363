package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PhaseTimesTest {
    private final AtomicLong now = new AtomicLong(5);
    private final PhaseTimes times = new PhaseTimes(now::get);

    @Test
    void aPhaseEndsWhenTheNextBegins() {
        List<String> told = new ArrayList<>();
        times.tell((phase, took) -> told.add(phase + " " + took.toMillis()));
        times.begin("first");
        pass(30);
        times.begin("second");
        times.begin("third");
        pass(12);
        times.end();
        times.end();

        assertThat(told).containsExactly("first 30", "second 0", "third 12");
        assertThat(times.summary()).isEqualTo("42 ms (first 30, third 12)");
    }

    @Test
    void knowsWhetherAnyHasBegun() {
        times.end();
        assertThat(times.begun()).isFalse();
        times.begin("first");
        assertThat(times.begun()).isTrue();
        times.end();
        assertThat(times.begun()).isTrue();
    }

    private void pass(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
