package dev.baton.client;

import java.nio.charset.StandardCharsets;

/** What nodes say, as text. */
final class Answers {
    static final String STREAM =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";

    private Answers() {}

    static String event(String id, String type, String rest) {
        return chunk(
                "id: %s\nevent: %s\ndata: {\"id\":\"%s\",\"type\":\"%s\"%s}\n\n".formatted(id, type, id, type, rest));
    }

    static String part(int seq) {
        return event("5:1.1." + seq, "message_part", ",\"seq\":" + seq + ",\"part\":{\"text\":\"wört " + seq + "\"}");
    }

    /** The parts behind {@code cursor}. */
    static String partsBehind(String cursor, int count) {
        int seen = cursor.isEmpty() ? 0 : Integer.parseInt(cursor.substring(cursor.lastIndexOf('.') + 1));
        var text = new StringBuilder();
        for (int seq = seen + 1; seq <= count; seq++) {
            text.append(part(seq));
        }
        return text.toString();
    }

    static String chunk(String text) {
        return "%x\r\n%s\r\n".formatted(text.getBytes(StandardCharsets.UTF_8).length, text);
    }

    static String json(String status, String body) {
        return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body);
    }
}
