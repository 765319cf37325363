package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Many connections that watch chats where nothing happens, and what they cost their node. */
final class IdleSockets implements AutoCloseable {
    private static final Duration COLLECTION_LIMIT = Duration.ofSeconds(60);

    private final List<SocketChannel> open = new ArrayList<>();

    /** Opens {@code count}, on these chats in turn; each has got the head of its answer when this returns. */
    void open(URI node, List<String> chats, int count) throws IOException {
        var head = ByteBuffer.allocate(1024);
        for (int i = 0; i < count; i++) {
            SocketChannel socket = SocketChannel.open(new InetSocketAddress(node.getHost(), node.getPort()));
            open.add(socket);
            String request = "GET /api/v1/chats/%s/stream HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n"
                    .formatted(chats.get(i % chats.size()), node.getAuthority());
            socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            head.clear();
            socket.read(head);
            String status = StandardCharsets.US_ASCII.decode(head.flip()).toString();
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new BenchFailure("socket " + (i + 1) + " was refused: " + status);
            }
        }
    }

    /** The node's memory in RAM when it has just been rid of what nobody needs. */
    static long memory(LocalNode node) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process collection = new ProcessBuilder(jcmd, Long.toString(node.pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!collection.waitFor(COLLECTION_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new BenchFailure("the node did not collect its garbage in time");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", stop);
        }
        return Nodes.memory(node);
    }

    @Override
    public void close() {
        for (SocketChannel socket : open) {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // That is all there was to do.
            }
        }
    }
}
