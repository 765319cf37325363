package dev.baton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Report report = new Report("takeover", new Machine(2, 0.5, "17", "Linux"));

    @Test
    void putsTimesNextToTheirTarget() {
        report.times("pause", List.of(Duration.ofMillis(20)), Target.p99(Duration.ofMillis(10)));
        report.times("exit", List.of(Duration.ofMillis(20)), Target.max(Duration.ofSeconds(2)));
        assertThat(report.toString())
                .contains("2 cores, load 0.5 before")
                .containsPattern("pause +1 +20 ms +20 ms +20 ms  p99 <= 10 ms: MISSED")
                .containsPattern("exit .* max <= 2000 ms: met");
    }

    @Test
    void timesUnderTenMillisecondsHaveFractions() {
        assertThat(Report.shown(Duration.ofNanos(470_400))).isEqualTo("0.47 ms");
        assertThat(Report.shown(Duration.ofMillis(3))).isEqualTo("3 ms");
        assertThat(Report.shown(Duration.ofNanos(12_700_000))).isEqualTo("12 ms");
    }

    @Test
    void aTargetThatIsMissedIsNoFault() {
        report.times("pause", List.of(Duration.ofMillis(20)), Target.p99(Duration.ofMillis(10)));
        assertThat(report.isFaulty()).isFalse();
        assertThat(report.fault("chat 1 is stuck").isFaulty()).isTrue();
        assertThat(report.toString()).contains("WRONG: chat 1 is stuck");
    }

    @Test
    void manyFaultsAreCounted() {
        for (int i = 0; i < 30; i++) {
            report.fault("chat " + i);
        }
        assertThat(report.toString()).contains("chat 19", "and 10 more").doesNotContain("chat 20");
    }
}
