package dev.baton.persistence.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import akka.coordination.lease.LeaseSettings;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTimesTest {

    @Test
    void areThoseOfTheReference() {
        var settings = LeaseSettings.apply(ConfigFactory.load().getConfig("baton.lease"), "lease", "owner");
        assertThat(LeaseTimes.of(settings))
                .isEqualTo(new LeaseTimes(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(5)));
        assertThat(LeaseTimes.of(settings).usable()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void leaveTimeForARenewal() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseTimes(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5)))
                .withMessage(
                        "heartbeat-interval (PT3S) must be shorter than three quarters of heartbeat-timeout (PT4S)");
    }
}
