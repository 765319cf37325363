package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Many connections that watch chats where nothing happens, and what they cost their node. */
final class IdleSockets implements AutoCloseable {
    private static final Duration COLLECTION_LIMIT = Duration.ofSeconds(60);

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final String GOOD = "HTTP/1.1 200";

    private final List<Socket> open = new ArrayList<>();

    /** Opens {@code count}, on these chats in turn; each has got the head of its answer when this returns. */
    void open(URI node, List<String> chats, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var socket = new Socket();
            open.add(socket);
            socket.connect(new InetSocketAddress(node.getHost(), node.getPort()), (int) ANSWER_LIMIT.toMillis());
            socket.setSoTimeout((int) ANSWER_LIMIT.toMillis());
            String request =
                    "GET /api/v1/chats/%s/stream HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n%s: %s\r\n\r\n"
                            .formatted(chats.get(i % chats.size()), node.getAuthority(), Token.HEADER, Token.VALUE);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(GOOD.length()), StandardCharsets.US_ASCII);
            if (!status.equals(GOOD)) {
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
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // That is all there was to do.
            }
        }
    }
}
