package dev.baton.gateway.bridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                             | PT7S
            1.5                           | PT2S
            2.0                           | PT2S
            Thu, 01 Jan 2026 00:01:30 GMT | PT1M30S
            """)
    void readsSecondsAndDates(String value, Duration expected) {
        assertThat(read(Map.of("retry-after", value))).contains(expected);
    }

    @Test
    void prefersMilliseconds() {
        assertThat(read(Map.of("retry-after", "7", "retry-after-ms", "250"))).contains(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-3", "soon", "99999999999999999999", "Thu, 01 Jan 2015 00:00:00 GMT"})
    void takesWhatIsPastOrUnreadableForNothing(String value) {
        assertThat(read(Map.of("retry-after", value))).isEmpty();
    }

    private static Optional<Duration> read(Map<String, String> headers) {
        return RetryAfter.of(name -> Optional.ofNullable(headers.get(name)), CLOCK);
    }
}
