package dev.baton.gateway.node.death;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port whose closing tells others that this process is gone. It says who is here to whoever connects, then holds the
 * connection and never reads.
 *
 * <p>It must not close before the node has left its cluster, since that would look like death.
 */
final class DeathListener implements AutoCloseable {
    /**
     * Far more than a cluster has nodes. Beyond it the oldest connection is closed, which is harmless: whoever held it
     * connects again and hears that the node lives.
     */
    private static final int MOST_CONNECTIONS = 1000;

    private static final int BACKLOG = 128;
    private static final long JOIN_LIMIT = TimeUnit.SECONDS.toMillis(5);
    private static final Logger LOG = LoggerFactory.getLogger(DeathListener.class);

    private final ServerSocket server;
    private final Deque<Socket> connections = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean closed;

    private DeathListener(ServerSocket server) {
        this.server = server;
    }

    /** Takes the port; 0 = any free one. Those who connect wait until {@link #serve}. */
    static DeathListener open(String host, int port) {
        try {
            var server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
            return new DeathListener(server);
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "cannot listen on %s:%d (baton.node.death-port): %s".formatted(host, port, failure.getMessage()),
                    failure);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on whoever connects hears that the node at {@code address} lives in the incarnation {@code uid}. */
    synchronized void serve(String address, long uid) {
        if (closed || thread != null) {
            return;
        }
        byte[] hello = new Hello(address, Long.toUnsignedString(uid)).bytes();
        var accepting = new Thread(() -> accept(hello), "baton-death-listener");
        accepting.setDaemon(true);
        accepting.start();
        thread = accepting;
    }

    private void accept(byte[] hello) {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                hold(connection);
                connection.getOutputStream().write(hello);
            } catch (IOException failure) {
                // Closed, or one connection broke: the next is accepted all the same.
                LOG.debug("a connection to the death port ended", failure);
            }
        }
    }

    private synchronized void hold(Socket connection) throws IOException {
        if (closed) {
            connection.close();
            return;
        }
        connections.addLast(connection);
        if (connections.size() > MOST_CONNECTIONS) {
            connections.removeFirst().close();
        }
    }

    /** Returns when the port is free and the thread has ended. */
    @Override
    public void close() {
        Thread accepting;
        synchronized (this) {
            closed = true;
            accepting = thread;
            close(server);
            connections.forEach(DeathListener::close);
            connections.clear();
        }
        if (accepting != null) {
            LifeLines.join(accepting, JOIN_LIMIT);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception failure) {
            LOG.debug("a socket of the death port did not close", failure);
        }
    }
}
