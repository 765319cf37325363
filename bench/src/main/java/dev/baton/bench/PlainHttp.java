package dev.baton.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads HTTP/1.1 messages off a connection, with as little work as can be. */
final class PlainHttp {
    private final InputStream in;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private String start = "";
    private byte[] body = new byte[0];

    PlainHttp(InputStream in) {
        this.in = in;
    }

    /** Reads the next message whole; false when there is none. */
    boolean read() throws IOException {
        head.reset();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.write(next);
            boolean expected = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = expected ? matched + 1 : (next == '\r' ? 1 : 0);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        start = text.substring(0, text.indexOf('\r'));
        String lower = text.toLowerCase(Locale.ROOT);
        int length = lower.indexOf("\r\ncontent-length:");
        if (length >= 0) {
            int from = length + "\r\ncontent-length:".length();
            body = exactly(Integer.parseInt(
                    lower.substring(from, lower.indexOf('\r', from)).strip()));
        } else {
            body = lower.contains("chunked") ? chunks() : new byte[0];
        }
        return true;
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            if (size == 0) {
                line();
                return all.toByteArray();
            }
            all.write(exactly(size));
            line();
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    /** The first line of what was read. */
    String start() {
        return start;
    }

    boolean bodyHas(byte[] word) {
        return count(word) > 0;
    }

    /** How often {@code word} is in the body. */
    int count(byte[] word) {
        int found = 0;
        for (int i = 0; i + word.length <= body.length; i++) {
            int same = 0;
            while (same < word.length && body[i + same] == word[same]) {
                same++;
            }
            found += same == word.length ? 1 : 0;
        }
        return found;
    }
}
