package dev.baton.gateway.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL server on this machine that commits to the disk as a real one does. Its data stays. */
final class LocalPostgres implements AutoCloseable {
    static final String DATA = "postgres";

    private static final String PID_FILE = "postmaster.pid";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final EmbeddedPostgres server;
    private final Path data;

    private LocalPostgres(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    /** Starts a server on the data in {@code directory}, which may be empty. A server left there is stopped first. */
    static LocalPostgres start(Path directory) {
        Path data = directory.resolve(DATA);
        running(data).ifPresent(LocalPostgres::stop);
        var log = ProcessBuilder.Redirect.appendTo(
                directory.resolve("postgres.log").toFile());
        try {
            Files.createDirectories(data);
            return new LocalPostgres(
                    EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            .setRegisterShutdownHook(false)
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setPGStartupWait(START_LIMIT)
                            .setOutputRedirector(log)
                            .setErrorRedirector(log)
                            .start(),
                    data);
        } catch (IOException | RuntimeException failure) {
            throw new IllegalStateException(
                    "PostgreSQL did not start on %s: %s".formatted(data, failure.getMessage()), failure);
        }
    }

    String jdbcUrl() {
        return server.getJdbcUrl("postgres", "postgres").replace("//localhost:", "//127.0.0.1:");
    }

    /** Returns when the process is gone, which is a moment after the server says that it is shut down. */
    @Override
    public void close() {
        Optional<ProcessHandle> process = running(data);
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        process.ifPresent(LocalPostgres::awaitEnd);
    }

    /** The server whose process id stands in the data directory, if it lives and is one. */
    private static Optional<ProcessHandle> running(Path data) {
        return firstLine(data.resolve(PID_FILE))
                .flatMap(LocalPostgres::number)
                .flatMap(ProcessHandle::of)
                .filter(process -> process.info().command().orElse("").endsWith("postgres"));
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static Optional<String> firstLine(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).stream().findFirst() : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown: it does not wait for clients. */
    private static void stop(ProcessHandle process) {
        Signals.send("INT", process.pid());
        awaitEnd(process);
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException("PostgreSQL (process %d) does not end".formatted(process.pid()), late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL stops", stop);
        }
    }
}
