package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.time.Duration;

/** The end of a node after SIGTERM. */
record Stop(Duration time) {
    /** What a JVM exits with when SIGTERM ended it: 128 + 15. */
    private static final int TERMINATED = 143;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Sends the signal and waits for the end; another end than that of SIGTERM is a fault. */
    static Stop of(LocalNode node, Report report) {
        long start = System.nanoTime();
        node.terminate();
        if (!node.awaitExit(LIMIT)) {
            report.fault("%s did not end within %s after SIGTERM".formatted(node.name(), LIMIT));
            node.kill();
            node.awaitExit(LIMIT);
        }
        var time = Duration.ofNanos(System.nanoTime() - start);
        int code = node.exitCode().orElse(0);
        if (code != TERMINATED) {
            report.fault("%s ended with %d after SIGTERM".formatted(node.name(), code));
        }
        return new Stop(time);
    }
}
