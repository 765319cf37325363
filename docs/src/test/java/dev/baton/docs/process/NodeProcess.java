package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node as its own process, from the packaged jars. */
final class NodeProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("baton ready (http://\\S+) node=(\\S+) database=(\\S+)");
    private static final long START_LIMIT_SECONDS = 60;
    private static final long STOP_LIMIT_SECONDS = 60;
    private static final List<String> HIT_A_LIMIT =
            List.of("] timed out after", "cut now", "is given up", "did not end within");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Process process;
    private final Path log;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Ready> ready = new CompletableFuture<>();

    /** What a node says of itself when it takes requests: where it is, and its name in the cluster. */
    private record Ready(URI address, String member) {}

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        var reader = new Thread(this::readOutput, "node-output-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts {@code baton up} on a free port and returns when it says that it is ready. */
    static NodeProcess up(Path data, String... more) {
        var options = new ArrayList<String>(List.of("--port", "0", "--data", data.toString()));
        options.addAll(List.of(more));
        NodeProcess node = begin(options);
        node.awaitReady();
        return node;
    }

    /** Starts {@code baton up} and does not wait for it. */
    static NodeProcess begin(List<String> options) {
        return begin(List.of(), options);
    }

    /** {@code before}: what stands before the command, so that it runs elsewhere. */
    static NodeProcess begin(List<String> before, List<String> options) {
        var command = new ArrayList<String>(before);
        command.addAll(JavaCommand.of("dev.baton.gateway.cli.Main"));
        command.add("up");
        command.addAll(options);
        Path log = logFile();
        try {
            var builder = new ProcessBuilder(command).redirectError(log.toFile());
            return new NodeProcess(builder.start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    URI address() {
        return ready.join().address();
    }

    /** Its address in the cluster. */
    String member() {
        return ready.join().member();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    ChatApi api() {
        return new ChatApi(address());
    }

    ChatApi api(String token) {
        return new ChatApi(address(), token);
    }

    /** All that it has said to anybody who reads along. */
    String said() {
        return String.join("\n", output) + "\n" + log();
    }

    /** SIGKILL: the process gets no chance to do anything. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGSTOP: the process stands still, and its connections stay open. */
    void halt() {
        signal("STOP");
    }

    /** SIGCONT after {@link #halt}. */
    void resume() {
        signal("CONT");
    }

    /** SIGTERM; returns the exit code. */
    int terminate() {
        signal();
        return awaitExit();
    }

    /** SIGTERM, without waiting for what comes of it. */
    void signal() {
        process.destroy();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** No node may ever have waited for a limit on its way down, whatever the test was about. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        assertThat(log()).doesNotContain(HIT_A_LIMIT);
    }

    /** Whether the process ends, by itself, before so much time has passed. */
    boolean exitsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** Returns the exit code of a process that something else ends. */
    int awaitExit() {
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the node did not exit; its log:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** Returns when the node says that it is ready. */
    void awaitReady() {
        try {
            ready.get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            process.destroyForcibly();
            throw new AssertionError("the node did not get ready; its log:\n" + log(), failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    private void readOutput() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(new Ready(URI.create(matcher.group(1)), matcher.group(2)));
                }
            }
        } catch (IOException closed) {
            // The process ended; the exception below says what that means.
        }
        ready.completeExceptionally(new IllegalStateException("the process ended before it was ready"));
    }

    private static Path logFile() {
        try {
            Path directory = Files.createDirectories(Path.of("target", "process-logs"));
            return directory.resolve(
                    "node-%d-%d.log".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
