package dev.baton.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A provider of Chat Completions in this process that costs as little as can be: it says the same to everybody, as one piece
 * or as a stream with one write for each token.
 */
final class CannedModel implements AutoCloseable {
    static final int TOKENS = 200;
    private static final String TOKEN =
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"canned\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]}";
    private static final String USAGE = "{\"prompt_tokens\":9,\"completion_tokens\":200,\"total_tokens\":209}";
    private static final String END =
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"canned\","
                    + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final byte[] WHOLE = whole();
    private static final byte[] HEAD = bytes(String.join(
            "\r\n", "HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked", "", ""));
    private static final byte[] ONE = chunk("data: " + TOKEN + "\n\n");
    private static final byte[] LAST = bytes(new String(chunk("data: " + END + "\n\n"), StandardCharsets.UTF_8)
            + new String(chunk("data: {\"choices\":[],\"usage\":" + USAGE + "}\n\n"), StandardCharsets.UTF_8)
            + new String(chunk("data: [DONE]\n\n"), StandardCharsets.UTF_8) + "0\r\n\r\n");
    private static final byte[] STREAM = bytes("\"stream\":true");

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private CannedModel(ServerSocket server) {
        this.server = server;
        threads.execute(this::accept);
    }

    /** {@code port}: 0 = any free one. */
    static CannedModel start(int port) throws IOException {
        return new CannedModel(new ServerSocket(port, 1024, InetAddress.getLoopbackAddress()));
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException | RejectedExecutionException closed) {
            // that is how it ends
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new PlainHttp(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 12);
            while (in.read()) {
                if (in.bodyHas(STREAM)) {
                    stream(out);
                } else {
                    out.write(WHOLE);
                }
                out.flush();
            }
        } catch (IOException gone) {
            // its client needs it no more
        } finally {
            sockets.remove(socket);
        }
    }

    private static void stream(OutputStream out) throws IOException {
        out.write(HEAD);
        for (int token = 0; token < TOKENS; token++) {
            out.write(ONE);
            out.flush();
        }
        out.write(LAST);
    }

    private static byte[] whole() {
        String body =
                "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"canned\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"" + "word ".repeat(20)
                        + "\"},\"finish_reason\":\"stop\"}],\"usage\":" + USAGE + "}";
        return bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private static byte[] chunk(String text) {
        return bytes(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
