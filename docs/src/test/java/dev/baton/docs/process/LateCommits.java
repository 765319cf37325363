package dev.baton.docs.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a node and its PostgreSQL. While it is told to, it lets every so many a COMMIT through and the answer to
 * it not: the node cannot know whether it has written, and the connection says nothing more until the node gives it up.
 */
final class LateCommits implements AutoCloseable {
    private static final String COMMIT = "COMMIT";

    private final ServerSocket entrance;
    private final int database;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private volatile int every;

    private LateCommits(ServerSocket entrance, int database) {
        this.entrance = entrance;
        this.database = database;
    }

    static LateCommits before(int database) {
        try {
            var proxy = new LateCommits(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), database);
            start("late-commits", proxy::accept);
            return proxy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Of so many commits one is never answered; 0 = all are. */
    void holdOneOf(int count) {
        every = count;
    }

    int held() {
        return held.get();
    }

    private void accept() throws IOException {
        while (!entrance.isClosed()) {
            Socket node = entrance.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), database);
            open.add(node);
            open.add(server);
            var connection = new Tunnel(node, server);
            start("late-commits-in", connection::requests);
            start("late-commits-out", connection::answers);
        }
    }

    private static void start(String name, Copying work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // One side has ended, and with it the tunnel.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Copying {
        void run() throws IOException;
    }

    /** One connection and what it has become. */
    private final class Tunnel {
        private final Socket node;
        private final Socket server;
        private volatile boolean mute;

        Tunnel(Socket node, Socket server) {
            this.node = node;
            this.server = server;
        }

        void requests() throws IOException {
            copy(node.getInputStream(), server.getOutputStream(), true);
        }

        void answers() throws IOException {
            copy(server.getInputStream(), node.getOutputStream(), false);
        }

        private void copy(InputStream from, OutputStream to, boolean watched) throws IOException {
            var buffer = new byte[64 << 10];
            try (node;
                    server) {
                for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                    if (watched) {
                        watch(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                    }
                    if (watched || !mute) {
                        to.write(buffer, 0, length);
                        to.flush();
                    }
                }
            }
        }

        private void watch(String request) {
            int count = every;
            if (count > 0 && request.contains(COMMIT) && commits.incrementAndGet() % count == 0) {
                held.incrementAndGet();
                mute = true;
            }
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Closeable each : open) {
                each.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
