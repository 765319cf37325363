package dev.baton.gateway.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A process that outlives this one for a moment: when this one is gone, however it went, it ends the nodes and the
 * server whose process ids are in the data directory. Where all is stopped in order they are not there any more.
 */
final class Guard implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Reading ends when the other end of the pipe is gone, and the kernel closes that with this process. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            cat >/dev/null
            cd "$1" || exit 0
            nodes=$(cat node-*.pid 2>/dev/null)
            postgres=$(head -n 1 postgres/postmaster.pid 2>/dev/null)
            [ -z "$nodes" ] || { kill -TERM $nodes; kill -CONT $nodes; }
            tries=0
            while [ -n "$nodes" ] && kill -0 $nodes && [ $tries -lt 75 ]; do
              sleep 0.2
              tries=$((tries + 1))
            done 2>/dev/null
            [ -z "$nodes" ] || kill -KILL $nodes
            [ -z "$postgres" ] || kill -INT "$postgres"
            rm -f node-*.pid
            """;

    private final Process process;

    private Guard(Process process) {
        this.process = process;
    }

    static Guard of(Path directory) {
        try {
            return new Guard(new ProcessBuilder("/bin/sh", "-c", SCRIPT, "baton-guard", directory.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException gone) {
            // It has ended already.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
