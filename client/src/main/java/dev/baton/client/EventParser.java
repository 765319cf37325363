package dev.baton.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes events of the bytes of a {@code text/event-stream}, wherever they were cut. An event without its end is none. */
final class EventParser {
    static final int EVENT_LIMIT = 32 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Consumer<ChatEvent> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean afterReturn;

    EventParser(Consumer<ChatEvent> events) {
        this.events = events;
    }

    void feed(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            byte next = bytes[i];
            if (next == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = next == '\r';
            if (next == '\n' || next == '\r') {
                line(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(next);
                requireBounded(line.size());
            }
        }
    }

    private void line(String text) {
        if (text.isEmpty()) {
            dispatch();
        } else if (text.startsWith("data:")) {
            if (data.length() > 0) {
                data.append('\n');
            }
            data.append(text, text.startsWith("data: ") ? 6 : 5, text.length());
            requireBounded(data.length());
        }
        // The other fields say again what is in the data; comments say that the node is there.
    }

    private void dispatch() {
        if (data.length() == 0) {
            return;
        }
        JsonNode json = read(data.toString());
        data.setLength(0);
        events.accept(new ChatEvent(json.path("id").asText(), json.path("type").asText(), json));
    }

    /** A whole event that cannot be read would be as unreadable the next time. */
    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new BatonException("an event is not JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    private static void requireBounded(int size) {
        if (size > EVENT_LIMIT) {
            throw new BatonException(0, "", "an event is longer than " + EVENT_LIMIT + " bytes");
        }
    }
}
