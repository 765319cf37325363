package dev.baton.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** An answer whose head has come and whose body is still to be read. */
final class Response {
    private static final int BUFFER = 8 * 1024;
    private static final int HEAD_LIMIT = 64 * 1024;

    private final Connection connection;
    private final byte[] buffer = new byte[BUFFER];
    private final ResponseHead head;
    private final BodyDecoder body;
    private int from;
    private int to;

    private Response(Connection connection, Duration limit) throws IOException {
        this.connection = connection;
        ResponseHead read = readHead(limit);
        while (read.isInterim()) {
            read = readHead(limit);
        }
        this.head = read;
        this.body = read.body();
    }

    /** Waits for the head, at most {@code limit} for each piece of it. */
    static Response of(Connection connection, Duration limit) throws IOException {
        return new Response(connection, limit);
    }

    ResponseHead head() {
        return head;
    }

    /** What became of a wait for more of the body. */
    enum Progress {
        CAME,
        NOTHING_YET,
        END
    }

    /** Hands on what of the body is there, and waits for it when nothing is, at most {@code limit}. */
    Progress read(Duration limit, BodyDecoder.Sink sink) throws IOException {
        if (body.isWhole()) {
            return Progress.END;
        }
        if (from == to) {
            int read = connection.read(buffer, limit);
            if (read == Connection.NOTHING_YET) {
                return Progress.NOTHING_YET;
            }
            if (Connection.isEnd(read)) {
                return ended();
            }
            from = 0;
            to = read;
        }
        int start = from;
        from = to;
        body.decode(buffer, start, to - start, sink);
        return Progress.CAME;
    }

    private Progress ended() throws IOException {
        if (body.mayEnd()) {
            return Progress.END;
        }
        throw new IOException("the connection ended within the answer");
    }

    /** The whole body; at most {@code most} bytes, and at most {@code limit} for each next piece. */
    byte[] readAll(Duration limit, int most) throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            Progress progress = read(limit, all::write);
            if (progress == Progress.END) {
                return all.toByteArray();
            }
            if (progress == Progress.NOTHING_YET) {
                throw new SocketTimeoutException("the answer did not go on within " + limit);
            }
            if (all.size() > most) {
                throw new IOException("the answer is longer than " + most + " bytes");
            }
        }
    }

    private ResponseHead readHead(Duration limit) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            if (from == to) {
                fill(limit);
            }
            byte next = buffer[from];
            from++;
            bytes.write(next);
            if (next == '\n') {
                newlines++;
            } else if (next != '\r') {
                newlines = 0;
            }
            if (bytes.size() > HEAD_LIMIT) {
                throw new IOException("the head of the answer is longer than " + HEAD_LIMIT + " bytes");
            }
        }
        return ResponseHead.parse(bytes.toByteArray());
    }

    private void fill(Duration limit) throws IOException {
        int read = connection.read(buffer, limit);
        if (read == Connection.NOTHING_YET) {
            throw new SocketTimeoutException("no answer within " + limit);
        }
        if (Connection.isEnd(read)) {
            throw new IOException("the connection ended before the answer");
        }
        from = 0;
        to = read;
    }
}
