package dev.baton.gateway.bridge.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads a stream of server-sent events that comes in pieces cut anywhere.
 *
 * <p>Lines are kept as bytes until they end, so a piece may end inside a character or between the two bytes of a line
 * end. An event without its empty line has not happened. Lines and events are bounded.
 */
final class EventStreamParser {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final int limit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private boolean hasData;
    private boolean afterCarriageReturn;
    private boolean atStart = true;

    EventStreamParser(int limit) {
        this.limit = limit;
    }

    /** One event; {@code type} is empty when the stream did not name one. */
    record Event(String type, String data) {}

    /** A line or an event is longer than the limit. */
    static final class TooLongException extends RuntimeException {
        TooLongException(int limit) {
            super("a line or event of the stream is longer than " + limit + " bytes");
        }
    }

    void accept(byte[] bytes, Consumer<Event> events) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                start = i + 1;
            } else if (b == '\n' || b == '\r') {
                afterCarriageReturn = b == '\r';
                keep(bytes, start, i);
                onLine(events);
                start = i + 1;
            } else {
                afterCarriageReturn = false;
            }
        }
        keep(bytes, start, bytes.length);
    }

    private void keep(byte[] bytes, int start, int end) {
        if (line.size() + (end - start) > limit) {
            throw new TooLongException(limit);
        }
        line.write(bytes, start, end - start);
    }

    private void onLine(Consumer<Event> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (atStart && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        atStart = false;
        if (text.isEmpty()) {
            dispatch(events);
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        if (field.equals("data")) {
            addData(valueOf(text, colon));
        } else if (field.equals("event")) {
            type = valueOf(text, colon);
        }
    }

    private void addData(String value) {
        if (data.length() + value.length() > limit) {
            throw new TooLongException(limit);
        }
        if (hasData) {
            data.append('\n');
        }
        data.append(value);
        hasData = true;
    }

    private void dispatch(Consumer<Event> events) {
        var event = new Event(type, data.toString());
        boolean happened = hasData;
        type = "";
        data.setLength(0);
        hasData = false;
        if (happened) {
            events.accept(event);
        }
    }

    private static String valueOf(String line, int colon) {
        if (colon < 0) {
            return "";
        }
        boolean spaced = colon + 1 < line.length() && line.charAt(colon + 1) == ' ';
        return line.substring(colon + (spaced ? 2 : 1));
    }
}
