package dev.baton.gateway.bridge.provider;

import akka.util.ByteString;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of server-sent events between them, whatever pieces it comes in. Bytes of an event that is not whole yet are
 * held back, for nobody could make anything of them, and an event that was cut off is never told.
 */
final class EventCutter {
    private final int limit;
    private byte[] held = new byte[0];
    private int heldSize;
    private int searched;
    private int line;

    EventCutter(int limit) {
        this.limit = limit;
    }

    /** Adds the events that {@code bytes} bring to their end to {@code events}. */
    void accept(ByteString bytes, List<RawEvent> events) {
        byte[] all;
        int size;
        if (heldSize == 0) {
            all = bytes.toArrayUnsafe();
            size = all.length;
        } else {
            hold(bytes.toArrayUnsafe());
            all = held;
            size = heldSize;
        }
        int begin = cut(all, size, events);
        if (begin == 0 && all == held) {
            return;
        }
        // Events keep what they are in, so what comes after them goes elsewhere.
        heldSize = size - begin;
        require(heldSize);
        held = Arrays.copyOfRange(all, begin, size);
        searched -= begin;
        line -= begin;
    }

    private void hold(byte[] more) {
        int size = heldSize + more.length;
        require(size - more.length);
        if (size > held.length) {
            held = Arrays.copyOf(held, Math.max(size, held.length * 2));
        }
        System.arraycopy(more, 0, held, heldSize, more.length);
        heldSize = size;
    }

    private void require(int size) {
        if (size > limit) {
            throw new EventStreamParser.TooLongException(limit);
        }
    }

    /** Where the event begins that is not whole. */
    private int cut(byte[] all, int size, List<RawEvent> events) {
        int begin = 0;
        int at = searched;
        while (at < size) {
            byte each = all[at];
            if (each != '\n' && each != '\r') {
                at++;
                continue;
            }
            if (each == '\r' && at + 1 == size) {
                break;
            }
            int next = each == '\r' && all[at + 1] == '\n' ? at + 2 : at + 1;
            if (at == line) {
                events.add(new RawEvent(all, begin, next));
                begin = next;
            }
            line = next;
            at = next;
        }
        searched = at;
        return begin;
    }

    /** What the stream ended with that has no empty line after it, as if it had; null when there is nothing. */
    @Nullable
    RawEvent rest() {
        if (heldSize == 0) {
            return null;
        }
        byte[] all = Arrays.copyOf(held, heldSize + 2);
        all[heldSize] = '\n';
        all[heldSize + 1] = '\n';
        return new RawEvent(all, 0, all.length);
    }
}
