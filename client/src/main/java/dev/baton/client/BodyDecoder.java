package dev.baton.client;

import java.io.IOException;

/** Takes a body out of its wrapping, byte by byte, wherever the pieces were cut. */
final class BodyDecoder {
    private static final long UNTIL_THE_END = Long.MAX_VALUE;
    private static final int HEX_DIGITS = 15;

    /** Takes what was in the wrapping. */
    @FunctionalInterface
    interface Sink {
        void accept(byte[] bytes, int from, int length) throws IOException;
    }

    private enum At {
        SIZE,
        EXTENSION,
        DATA,
        AFTER_DATA,
        TRAILER,
        END
    }

    private final boolean chunked;
    private At at;
    private long left;
    private int digits;
    private boolean emptyLine = true;

    private BodyDecoder(boolean chunked, long left) {
        this.chunked = chunked;
        this.left = left;
        this.at = chunked ? At.SIZE : At.DATA;
        if (!chunked && left == 0) {
            at = At.END;
        }
    }

    static BodyDecoder chunked() {
        return new BodyDecoder(true, 0);
    }

    static BodyDecoder ofLength(long length) {
        return new BodyDecoder(false, length);
    }

    static BodyDecoder untilTheEnd() {
        return new BodyDecoder(false, UNTIL_THE_END);
    }

    /** Whether all has come; a body whose length nobody said is never known to be whole. */
    boolean isWhole() {
        return at == At.END;
    }

    /** Whether the end of the connection is a good end. */
    boolean mayEnd() {
        return at == At.END || (!chunked && left == UNTIL_THE_END);
    }

    void decode(byte[] bytes, int from, int length, Sink sink) throws IOException {
        int i = from;
        int end = from + length;
        while (i < end && at != At.END) {
            if (at == At.DATA) {
                i += data(bytes, i, end - i, sink);
            } else {
                frame(bytes[i]);
                i++;
            }
        }
    }

    private int data(byte[] bytes, int from, int available, Sink sink) throws IOException {
        int taken = (int) Math.min(available, left);
        if (left != UNTIL_THE_END) {
            left -= taken;
        }
        if (left == 0) {
            at = chunked ? At.AFTER_DATA : At.END;
        }
        sink.accept(bytes, from, taken);
        return taken;
    }

    private void frame(byte next) throws IOException {
        switch (at) {
            case SIZE -> size(next);
            case EXTENSION -> {
                if (next == '\n') {
                    sizeIsKnown();
                }
            }
            case AFTER_DATA -> {
                if (next == '\n') {
                    at = At.SIZE;
                } else if (next != '\r') {
                    throw new IOException("a chunk is longer than it said");
                }
            }
            case TRAILER -> trailer(next);
            case DATA, END -> throw new IllegalStateException("no framing in " + at);
        }
    }

    private void size(byte next) throws IOException {
        int digit = Character.digit(next, 16);
        if (digit >= 0 && digits < HEX_DIGITS) {
            left = left * 16 + digit;
            digits++;
        } else if (digits > 0 && next == '\n') {
            sizeIsKnown();
        } else if (digits > 0 && digit < 0) {
            at = At.EXTENSION;
        } else {
            throw new IOException("a chunk does not say its size");
        }
    }

    private void sizeIsKnown() {
        at = left == 0 ? At.TRAILER : At.DATA;
        digits = 0;
        emptyLine = true;
    }

    private void trailer(byte next) {
        if (next == '\n') {
            if (emptyLine) {
                at = At.END;
            }
            emptyLine = true;
        } else if (next != '\r') {
            emptyLine = false;
        }
    }
}
