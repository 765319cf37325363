package dev.baton.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The line to one node: a port that others know, and behind it the port of the node. */
final class Line implements AutoCloseable {
    private static final int BYTES = 64 * 1024;

    private final ServerSocketChannel server;
    private final int port;
    private final InetSocketAddress node;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Line(ServerSocketChannel server, int port, InetSocketAddress node) {
        this.server = server;
        this.port = port;
        this.node = node;
    }

    static Line open(int nodePort) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        var line = new Line(server, port, new InetSocketAddress(InetAddress.getLoopbackAddress(), nodePort));
        daemon(line::accept);
        return line;
    }

    /** The port that others know. */
    int port() {
        return port;
    }

    int nodePort() {
        return node.getPort();
    }

    void cut() {
        cut = true;
    }

    /** What was swallowed is lost, so those who said it must begin anew. */
    void mend() {
        if (cut) {
            open.forEach(Line::end);
            cut = false;
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel from = server.accept();
                daemon(() -> connect(from));
            }
        } catch (IOException closed) {
            // Nobody is let in any more.
        }
    }

    /** A node that is not there refuses: so does its line, or others would not know that its process is gone. */
    private void connect(SocketChannel from) {
        try {
            SocketChannel to = SocketChannel.open(node);
            open.add(from);
            open.add(to);
            daemon(() -> pump(to, from));
            pump(from, to);
        } catch (IOException refused) {
            end(from);
        }
    }

    private void pump(SocketChannel from, SocketChannel to) {
        var bytes = ByteBuffer.allocate(BYTES);
        try {
            while (from.read(bytes) >= 0) {
                bytes.flip();
                while (!cut && bytes.hasRemaining()) {
                    to.write(bytes);
                }
                bytes.clear();
            }
        } catch (IOException broken) {
            // Either end is gone, and so is the other one now.
        } finally {
            open.remove(from);
            end(from);
            end(to);
        }
    }

    private static void end(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // That is all there was to do.
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException alreadyGone) {
            // That is all there was to do.
        }
        open.forEach(Line::end);
    }
}
