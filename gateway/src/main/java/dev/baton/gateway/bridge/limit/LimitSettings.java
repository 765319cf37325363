package dev.baton.gateway.bridge.limit;

import java.time.Duration;

/**
 * What one owner may do. {@code concurrent}: calls at one time; {@code perMinute}: calls that begin within a minute; 0 means
 * any number. {@code queue}: so many more may wait, each for {@code wait} at most.
 */
public record LimitSettings(int concurrent, int perMinute, int queue, Duration queueWait) {

    /** Whether there is anything to count. */
    public boolean isOn() {
        return concurrent > 0 || perMinute > 0;
    }
}
