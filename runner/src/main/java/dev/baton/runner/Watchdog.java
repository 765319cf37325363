package dev.baton.runner;

import java.time.Duration;

/** How time without progress is counted: in looks, of which there are {@value #LOOKS} in the time that is allowed. */
record Watchdog(Duration stallAfter) {
    private static final int LOOKS = 4;

    Duration interval() {
        return stallAfter.dividedBy(LOOKS);
    }

    /** How many looks a runner may stand that waits for {@code patience}. One more, since the first may come at once. */
    int looks(Duration patience) {
        return (int) Math.min(Integer.MAX_VALUE / 2, patience.dividedBy(interval())) + LOOKS + 1;
    }
}
