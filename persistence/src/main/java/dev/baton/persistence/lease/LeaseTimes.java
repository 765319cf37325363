package dev.baton.persistence.lease;

import akka.coordination.lease.LeaseSettings;
import java.time.Duration;

/**
 * How long a lease lasts without renewal, and how its owner deals with that.
 *
 * @param heartbeatTimeout how long the database keeps the lease for its owner
 * @param operationTimeout how long an acquire or a release may take
 */
record LeaseTimes(Duration heartbeatInterval, Duration heartbeatTimeout, Duration operationTimeout) {

    LeaseTimes {
        if (heartbeatInterval.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(
                    "heartbeat-interval (" + heartbeatInterval + ") must be at least PT0.001S");
        }
        if (operationTimeout.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(
                    "lease-operation-timeout (" + operationTimeout + ") must be at least PT0.001S");
        }
        if (heartbeatInterval.compareTo(usable(heartbeatTimeout)) >= 0) {
            throw new IllegalArgumentException("heartbeat-interval (" + heartbeatInterval
                    + ") must be shorter than three quarters of heartbeat-timeout (" + heartbeatTimeout + ")");
        }
    }

    static LeaseTimes of(LeaseSettings settings) {
        var times = settings.timeoutSettings();
        return new LeaseTimes(times.getHeartbeatInterval(), times.getHeartbeatTimeout(), times.getOperationTimeout());
    }

    /** How long the owner relies on the lease, from the start of the last renewal; the rest is its time to stop. */
    Duration usable() {
        return usable(heartbeatTimeout);
    }

    private static Duration usable(Duration heartbeatTimeout) {
        return heartbeatTimeout.minus(heartbeatTimeout.dividedBy(4));
    }
}
