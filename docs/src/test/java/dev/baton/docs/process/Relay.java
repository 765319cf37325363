package dev.baton.docs.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Hands on what is said to one address to another; each is {@code HOST:PORT} or the path of a socket's file. A file is the
 * same in all network namespaces, so two of these lead from one into another.
 */
final class Relay implements AutoCloseable {
    private final ServerSocketChannel server;
    private final SocketAddress to;

    private Relay(ServerSocketChannel server, SocketAddress to) {
        this.server = server;
        this.to = to;
        daemon(this::accept);
    }

    static Relay open(String from, String to) {
        try {
            SocketAddress address = address(from);
            boolean file = address instanceof UnixDomainSocketAddress;
            ServerSocketChannel server =
                    file ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
            return new Relay(server.bind(address), address(to));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A process that relays until its standard input ends. */
    public static void main(String[] args) throws IOException {
        try (Relay relay = open(args[0], args[1])) {
            System.out.println("relaying to " + relay.to);
            System.in.readAllBytes();
        }
    }

    int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel one = server.accept();
                SocketChannel other = SocketChannel.open(to);
                daemon(() -> pump(one, other));
                daemon(() -> pump(other, one));
            }
        } catch (IOException closed) {
            // Nobody is let in any more.
        }
    }

    /** Not by streams: those of one channel wait for each other. */
    private static void pump(SocketChannel from, SocketChannel to) {
        var bytes = ByteBuffer.allocate(64 * 1024);
        try (from;
                to) {
            while (from.read(bytes) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                bytes.clear();
            }
        } catch (IOException broken) {
            // Either end is gone, and so is the other one now.
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static SocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0
                ? UnixDomainSocketAddress.of(text)
                : new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
