package dev.baton.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines between nodes: what one says to another goes through here, so that a node can be cut off. Clients and the
 * database go another way.
 */
final class Lines implements AutoCloseable {
    private final List<Line> lines;

    private Lines(List<Line> lines) {
        this.lines = lines;
    }

    static Lines to(int nodes) {
        var lines = new ArrayList<Line>();
        try {
            for (int number = 1; number <= nodes; number++) {
                lines.add(Line.open(freePort()));
            }
        } catch (IOException failure) {
            lines.forEach(Line::close);
            throw new UncheckedIOException(failure);
        }
        return new Lines(List.copyOf(lines));
    }

    /** What the node with this number, from 1, is started with, so that others reach it through its line. */
    List<String> flags(int number) {
        Line line = lines.get(number - 1);
        return List.of(
                "-Dakka.remote.artery.canonical.port=" + line.port(),
                "-Dakka.remote.artery.bind.hostname=127.0.0.1",
                "-Dakka.remote.artery.bind.port=" + line.nodePort());
    }

    /** From now on nothing that other nodes say reaches the node, and it answers none of them. */
    void cut(int number) {
        lines.get(number - 1).cut();
    }

    /** Others reach the node again, by new connections. Harmless when it was not cut off. */
    void mend(int number) {
        lines.get(number - 1).mend();
    }

    @Override
    public void close() {
        lines.forEach(Line::close);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
