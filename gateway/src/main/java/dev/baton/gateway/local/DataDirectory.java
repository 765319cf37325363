package dev.baton.gateway.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The directory of one cluster, held by a lock for as long as it runs. */
final class DataDirectory implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final FileChannel lock;

    private DataDirectory(FileChannel lock) {
        this.lock = lock;
    }

    /** Takes the directory, ends nodes that an earlier cluster has left in it, and begins new logs. */
    static DataDirectory take(Path directory) {
        try {
            Files.createDirectories(directory);
            var taken = new DataDirectory(locked(directory));
            for (Path file : matching(directory, "node-*.pid")) {
                leftover(file).ifPresent(DataDirectory::end);
                Files.deleteIfExists(file);
            }
            for (Path file : matching(directory, "*.log")) {
                Files.deleteIfExists(file);
            }
            return taken;
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "the data directory %s cannot be used: %s".formatted(directory, failure), failure);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FileChannel locked(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException inThisProcess) {
            // Refused below, as for another process.
        }
        channel.close();
        throw new IllegalStateException(
                "the data directory %s is in use by another local cluster; choose another with --data"
                        .formatted(directory));
    }

    private static List<Path> matching(Path directory, String pattern) throws IOException {
        var matcher = directory.getFileSystem().getPathMatcher("glob:" + pattern);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> matcher.matches(file.getFileName())).toList();
        }
    }

    /** A number alone proves nothing: the process must be a node. */
    private static Optional<ProcessHandle> leftover(Path pidFile) throws IOException {
        String pid = Files.readString(pidFile).strip();
        return pid.matches("\\d{1,18}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(DataDirectory::isNode)
                : Optional.empty();
    }

    private static boolean isNode(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(NodeCommand.MAIN + " up");
    }

    private static void end(ProcessHandle node) {
        node.destroyForcibly();
        try {
            node.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException(
                    "a node from an earlier run (process %d) does not end".formatted(node.pid()), late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an earlier node stops", stop);
        }
    }
}
