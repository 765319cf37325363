package dev.baton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void areTimesThatWereSeen() {
        var times = new ArrayList<Duration>(
                IntStream.rangeClosed(1, 200).mapToObj(Duration::ofMillis).toList());
        Collections.shuffle(times, new Random(1));
        assertThat(Percentiles.of(times))
                .isEqualTo(
                        new Percentiles(200, Duration.ofMillis(100), Duration.ofMillis(198), Duration.ofMillis(200)));
    }

    @Test
    void ofFewTimesTheHighestIsTheLongest() {
        assertThat(Percentiles.of(List.of(Duration.ofMillis(7), Duration.ofMillis(3))))
                .isEqualTo(new Percentiles(2, Duration.ofMillis(3), Duration.ofMillis(7), Duration.ofMillis(7)));
    }

    @Test
    void ofNothingAreZero() {
        assertThat(Percentiles.of(List.of()).count()).isZero();
    }
}
