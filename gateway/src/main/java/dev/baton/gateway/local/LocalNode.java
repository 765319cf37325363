package dev.baton.gateway.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One life of a node: a process. What it writes to its log is kept, what it says when it is ready is read. */
public final class LocalNode {
    private static final Pattern READY = Pattern.compile("baton ready (http://\\S+) node=akka://\\w+@(\\S+) ");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int LOG_SHOWN = 20;

    private final int number;
    private final Process process;
    private final Path log;
    private final Path pidFile;
    private final CompletableFuture<Ready> ready = new CompletableFuture<>();
    private final CompletableFuture<LocalNode> ended;

    private record Ready(URI url, String address) {}

    private LocalNode(int number, Process process, Path log, Path pidFile) {
        this.number = number;
        this.process = process;
        this.log = log;
        this.pidFile = pidFile;
        this.ended = process.onExit().thenApply(gone -> forget());
    }

    /** Starts the process; {@link #awaitReady} says when it takes requests. The log of an earlier life is kept. */
    static LocalNode launch(int number, Path directory, List<String> command) {
        Path log = directory.resolve(name(number) + ".log");
        Path pidFile = directory.resolve(name(number) + ".pid");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Files.writeString(pidFile, process.pid() + "\n");
            var node = new LocalNode(number, process, log, pidFile);
            var reader = new Thread(node::readOutput, node.name() + "-output");
            reader.setDaemon(true);
            reader.start();
            return node;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String name(int number) {
        return "node-" + number;
    }

    /** Counted from 1. */
    public int number() {
        return number;
    }

    public String name() {
        return name(number);
    }

    public long pid() {
        return process.pid();
    }

    /** Where it takes requests. */
    public URI url() {
        return said().url();
    }

    /** Where it is for other nodes, as {@code host:port}. */
    public String address() {
        return said().address();
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has said where it takes requests; it may have ended since. */
    public boolean isReady() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    /** What the process ended with; empty while it lives. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Completes when the process has ended. */
    public CompletableFuture<LocalNode> onExit() {
        return ended;
    }

    /** SIGKILL, without waiting for the effect: the process gets no chance to do anything. */
    public void kill() {
        process.destroyForcibly();
    }

    /** SIGTERM, without waiting for the effect. */
    public void terminate() {
        process.destroy();
    }

    /** SIGSTOP: the process does nothing more, and its connections stay. */
    public void suspend() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    /** Waits for the end of the process; {@code false} when it did not come in time. */
    public boolean awaitExit(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of " + name(), stop);
        }
    }

    void awaitReady() {
        try {
            ready.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(
                    "%s did not get ready; the end of %s:%n%s".formatted(name(), log, endOfLog()), failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name() + " starts", stop);
        }
    }

    private Ready said() {
        if (!isReady()) {
            throw new IllegalStateException(name() + " is not ready");
        }
        return ready.join();
    }

    private String endOfLog() {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LOG_SHOWN), all.size()));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private void signal(String name) {
        Signals.send(name, pid());
    }

    /** Without its process id on disk nobody takes a later process with the same number for this node. */
    private LocalNode forget() {
        try {
            Files.deleteIfExists(pidFile);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void readOutput() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(new Ready(URI.create(matcher.group(1)), matcher.group(2)));
                }
            }
        } catch (IOException closed) {
            // The process has ended; the exception below says what that means.
        }
        ready.completeExceptionally(new IllegalStateException("the process ended before it was ready"));
    }
}
