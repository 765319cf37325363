package dev.baton.gateway.bridge.fake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the body of a streamed answer in the pieces, and up to the cut, that were wished for. */
final class FakeBody implements FakeOut {
    private final FakeSocket socket;
    private final boolean chunked;
    private final int pieceSize;
    private final int cutAfter;
    private final boolean reset;
    private int written;

    FakeBody(FakeSocket socket, FakeWishes wishes) {
        this.socket = socket;
        this.chunked = !wishes.word("framing").orElse("").equals("close");
        this.pieceSize = wishes.number("chunk").filter(size -> size > 0).orElse(Integer.MAX_VALUE);
        this.cutAfter = wishes.counted("cut").orElse(Integer.MAX_VALUE);
        this.reset = wishes.number("reset").orElse(0) == 1;
    }

    /** The script cut the connection. */
    static final class CutException extends IOException {
        CutException() {
            super("cut by the script");
        }
    }

    boolean endsWithConnection() {
        return !chunked;
    }

    void begin() throws IOException {
        begin("text/event-stream");
    }

    /** The headers that follow tell of the organization behind a key; nobody but its owner is to see them. */
    void begin(String type) throws IOException {
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nCache-Control: no-cache\r\n"
                + "openai-organization: acme\r\nset-cookie: a=b\r\nx-request-id: req_1\r\n"
                + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Connection: close\r\n\r\n"));
        socket.flush();
    }

    @Override
    public void write(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int allowed = Math.min(bytes.length, cutAfter - written);
        for (int start = 0; start < allowed; start += Math.min(pieceSize, allowed - start)) {
            piece(bytes, start, Math.min(pieceSize, allowed - start));
        }
        written += allowed;
        if (written >= cutAfter) {
            socket.cut(reset);
            throw new CutException();
        }
    }

    @Override
    public void flush() throws IOException {
        socket.flush();
    }

    @Override
    public void pause(long nanos) throws IOException {
        socket.pause(nanos);
    }

    void end() throws IOException {
        if (chunked) {
            socket.write("0\r\n\r\n");
            socket.flush();
        } else {
            socket.cut(false);
        }
    }

    private void piece(byte[] bytes, int start, int length) throws IOException {
        if (chunked) {
            socket.write(Integer.toHexString(length) + "\r\n");
        }
        socket.write(bytes, start, length);
        if (chunked) {
            socket.write("\r\n");
        }
        if (pieceSize < Integer.MAX_VALUE) {
            socket.flush();
        }
    }
}
