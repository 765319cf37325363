package dev.baton.gateway.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The signals that Java has no method for. */
final class Signals {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Signals() {}

    /** Sends the signal of this name, as {@code kill -s} knows it. To a process that has ended it does nothing. */
    static void send(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-s", name, Long.toString(pid))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + name + " to " + pid, stop);
        }
    }
}
