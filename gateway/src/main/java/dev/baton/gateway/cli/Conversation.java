package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One terminal's side of a chat: says something, then prints what streams back until the turn is over. */
final class Conversation implements AutoCloseable {
    private static final long RECONNECT_NANOS = 500_000_000L;
    private static final int RECONNECTS = 240;

    private final ApiClient client;
    private final String chat;
    private final PrintWriter out;
    private final boolean json;
    private @Nullable EventStream stream;
    private @Nullable String cursor;
    private boolean midLine;

    Conversation(ApiClient client, String chat, PrintWriter out, boolean json) throws IOException {
        this.client = client;
        this.chat = chat;
        this.out = out;
        this.json = json;
        skipWhatWas();
    }

    /** Sends {@code text} and returns when the chat waits for the next message. */
    void say(String text) throws IOException {
        ObjectNode body = ApiClient.JSON.createObjectNode();
        body.put("content", text);
        String name = UUID.randomUUID().toString();
        body.put("client_message_id", name);
        client.post("/chats/" + chat + "/messages", body);
        boolean begun = false;
        while (true) {
            JsonNode event = next();
            begun |= event.path("message").path("client_message_id").asText().equals(name);
            print(event);
            if (begun && endsTurn(event)) {
                return;
            }
        }
    }

    /** The events up to the first status are the chat as it was; nobody wants to read it again. */
    private void skipWhatWas() throws IOException {
        JsonNode event;
        do {
            event = next();
        } while (!event.path("type").asText().equals("status"));
    }

    private static boolean endsTurn(JsonNode event) {
        String status = event.path("status").asText();
        return event.path("type").asText().equals("status")
                && !status.equals("running")
                && !status.equals("interrupting");
    }

    private void print(JsonNode event) {
        if (json) {
            out.println(event);
            out.flush();
            return;
        }
        switch (event.path("type").asText()) {
            case "message_part" -> {
                out.print(MessageText.of(event.path("part")));
                midLine = true;
            }
            case "message" -> endLine();
            case "preview_reset" -> line("(begins again)");
            case "retry" ->
                line("(%s; trying again in %d ms)"
                        .formatted(
                                event.path("error").path("message").asText(),
                                event.path("delay_ms").asLong()));
            case "error" -> line("error: " + event.path("error").path("message").asText());
            case "action_required" -> line("(waits for tool results: " + event.path("tool_calls") + ")");
            case "status" -> {
                if (event.path("queue_position").asInt() > 0) {
                    line("(waits for capacity, position %d)"
                            .formatted(event.path("queue_position").asInt()));
                }
            }
            default -> {}
        }
        out.flush();
    }

    private void line(String text) {
        endLine();
        out.println(text);
    }

    private void endLine() {
        if (midLine) {
            out.println();
            midLine = false;
        }
    }

    /** The next event, on a new connection after the cursor whenever the old one ends. */
    private JsonNode next() throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                EventStream open = stream;
                if (open == null) {
                    open = new EventStream(client.stream("/chats/" + chat + "/stream", cursor));
                    stream = open;
                }
                var event = open.next();
                if (event.isPresent()) {
                    cursor = event.get().path("id").asText(cursor);
                    return event.get();
                }
            } catch (IOException lost) {
                if (attempt == 0) {
                    line("(connection lost; coming back)");
                }
                if (attempt >= RECONNECTS) {
                    throw lost;
                }
            }
            close();
            LockSupport.parkNanos(RECONNECT_NANOS);
        }
    }

    @Override
    public void close() throws IOException {
        EventStream open = stream;
        stream = null;
        if (open != null) {
            open.close();
        }
    }
}
