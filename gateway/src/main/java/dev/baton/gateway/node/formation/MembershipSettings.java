package dev.baton.gateway.node.formation;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.membership}; {@code reference.conf} holds the defaults and says what each is for. */
public record MembershipSettings(Duration refresh, Duration silentAfter, Duration queryLimit) {

    public MembershipSettings {
        requirePositive("refresh", refresh);
        requirePositive("query-limit", queryLimit);
        if (silentAfter.compareTo(refresh.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException("baton.membership.silent-after (" + silentAfter
                    + ") must be at least three times baton.membership.refresh (" + refresh + ")");
        }
    }

    public static MembershipSettings from(Config root) {
        Config config = root.getConfig("baton.membership");
        return new MembershipSettings(
                config.getDuration("refresh"), config.getDuration("silent-after"), config.getDuration("query-limit"));
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("baton.membership." + key + " (" + value + ") must be positive");
        }
    }
}
