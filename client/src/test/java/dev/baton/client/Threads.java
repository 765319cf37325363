package dev.baton.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Threads of tests, and what of threads and sockets there is in this process. */
final class Threads {

    private Threads() {}

    /** May fail with anything. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** A thread whose failure is thrown to whoever joins it. */
    record Running(Thread thread, AtomicReference<@Nullable Throwable> failure) {
        void join() throws InterruptedException {
            thread.join();
            Throwable thrown = failure.get();
            if (thrown != null) {
                throw new AssertionError(thread.getName() + " failed", thrown);
            }
        }
    }

    static Running start(Task task) {
        var failure = new AtomicReference<@Nullable Throwable>();
        var thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (Throwable thrown) {
                        failure.set(thrown);
                    }
                },
                "test");
        thread.start();
        return new Running(thread, failure);
    }

    /** Waits until the thread is in a method of a class of that name, as far down as its stack goes. */
    static void awaitWithin(Thread thread, String simpleName) {
        while (Stream.of(thread.getStackTrace())
                .noneMatch(frame -> frame.getClassName().endsWith("." + simpleName))) {
            if (!thread.isAlive()) {
                throw new AssertionError("the thread ended and was never within " + simpleName);
            }
            Thread.onSpinWait();
        }
    }

    /** Those that a client has started. */
    static List<String> ofClients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("baton-client"))
                .toList();
    }

    /**
     * How many sockets this process has open, of any kind. The JDK makes one at the first close of all and keeps it, so
     * that one comes before the count.
     */
    static long sockets() {
        try (var first = new ServerSocket(0)) {
            first.setReuseAddress(true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Threads::isSocket).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
