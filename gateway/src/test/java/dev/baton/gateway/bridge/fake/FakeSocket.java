package dev.baton.gateway.bridge.fake;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** HTTP/1.1 on one socket, as plainly as it goes, with the means to break it. */
final class FakeSocket {
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_BODY = 32 << 20;

    private final Socket socket;
    private final PushbackInputStream in;
    private final OutputStream out;

    FakeSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
    }

    /** Header names are in lower case. */
    record Request(String method, String path, Map<String, String> headers, String body) {}

    /** The client went away. */
    static final class ClientGoneException extends IOException {
        ClientGoneException() {
            super("the client went away");
        }
    }

    /** The next request; empty when there is none. */
    Optional<Request> read() throws IOException {
        socket.setSoTimeout(0);
        String head = readHead();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        String[] lines = head.split("\r\n", -1);
        String[] start = lines[0].split(" ", -1);
        var headers = new HashMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (length > MAX_BODY || headers.containsKey("transfer-encoding")) {
            throw new IOException("a request must have a content-length of at most " + MAX_BODY);
        }
        return Optional.of(
                new Request(start[0], start[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8)));
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes, int start, int length) throws IOException {
        out.write(bytes, start, length);
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Lets time pass; fails as soon as the client goes away. */
    void pause(long nanos) throws IOException {
        if (nanos <= 0) {
            return;
        }
        socket.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, nanos / 1_000_000)));
        long end = System.nanoTime() + nanos;
        try {
            int next = in.read();
            if (next < 0) {
                throw new ClientGoneException();
            }
            in.unread(next);
            LockSupport.parkNanos(end - System.nanoTime());
        } catch (SocketTimeoutException passed) {
            // the time has passed and the client is still there
        }
    }

    /** Ends the connection; {@code reset}: rudely. */
    void cut(boolean reset) throws IOException {
        flush();
        if (reset) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    private String readHead() throws IOException {
        var head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0 || head.size() > MAX_HEAD) {
                return "";
            }
            head.write(next);
            boolean expected = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = expected ? matched + 1 : (next == '\r' ? 1 : 0);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
