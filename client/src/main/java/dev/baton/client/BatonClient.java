package dev.baton.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * A client of Baton, for several threads. Requests are tried again, at other nodes, and are done once however often they
 * were tried; streams come back by themselves.
 *
 * <p>{@link #close} ends everything that was begun with it and refuses what comes later. When it returns, no thread, no
 * connection and no dial of this client is left, whoever else closes it at the same time, and however often. A name that
 * is being looked up, and a listener that does not return, it waits for, up to its limit; what then is left is named in an
 * {@link IllegalStateException}. Called by a listener it only begins: that thread ends when the listener returns.
 *
 * <p>A connection serves one request; none is kept idle.
 */
public final class BatonClient implements AutoCloseable {
    private static final int PAGE = 200;

    private final ClientSettings settings;
    private final Supplier<String> keys;
    private final Inventory inventory = new Inventory();
    private final Requests requests;

    public BatonClient(ClientSettings settings) {
        this(settings, () -> UUID.randomUUID().toString());
    }

    /** {@code keys}: names for what must be done once. */
    BatonClient(ClientSettings settings, Supplier<String> keys) {
        this.settings = settings;
        this.keys = keys;
        this.requests = new Requests(inventory, settings, this::dialling);
    }

    /** A chat without a message; the id is in {@code id}. */
    public JsonNode create() {
        return create(JsonNodeFactory.instance.objectNode());
    }

    /** A chat as the API's {@code POST /chats} describes it. */
    public JsonNode create(ObjectNode chat) {
        return post("/chats", chat, Map.of("Idempotency-Key", keys.get()));
    }

    public JsonNode get(String chat) {
        return read(path(chat));
    }

    /** All messages, from the oldest on. */
    public List<JsonNode> messages(String chat) {
        var messages = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode page = read(path(chat) + "/messages?limit=" + PAGE
                    + (cursor.isEmpty() ? "" : "&cursor=" + Text.requireSegment(cursor)));
            page.path("messages").forEach(messages::add);
            cursor = page.path("next_cursor").asText("");
        } while (!cursor.isEmpty());
        return List.copyOf(messages);
    }

    public JsonNode send(String chat, String content) {
        return send(chat, JsonNodeFactory.instance.objectNode().put("content", content));
    }

    /** A message as the API's {@code POST /chats/{id}/messages} describes it; one without a name of its own gets one. */
    public JsonNode send(String chat, ObjectNode message) {
        ObjectNode named = message.deepCopy();
        if (!named.hasNonNull("client_message_id")) {
            named.put("client_message_id", keys.get());
        }
        return post(path(chat) + "/messages", named, Map.of());
    }

    /** The chat as it is, then everything that happens. Nothing is dialled before the first event is asked for. */
    public ChatStream stream(String chat) {
        return stream(chat, "");
    }

    /** Everything behind the cursor {@code after}; when that is empty, the chat as it is comes first. */
    public ChatStream stream(String chat, String after) {
        var stream = new ChatStream(
                Text.requireSegment(chat), Text.requireHeaderValue("Last-Event-ID", after), inventory, dialling());
        inventory.enter(stream);
        return stream;
    }

    /** Tells {@code listener} what {@link #stream(String, String)} gives, on a thread of its own. */
    public Following follow(String chat, String after, Listener listener) {
        ChatStream stream = stream(chat, after);
        var following =
                new Following(stream, listener, inventory, settings.limits().close());
        boolean started = false;
        try {
            following.start();
            started = true;
            return following;
        } finally {
            if (!started) {
                stream.close();
            }
        }
    }

    @Override
    public void close() {
        inventory.close(settings.limits().close());
    }

    private StreamReader.Dialling dialling() {
        return new StreamReader.Dialling(
                settings,
                new NodeTurn(settings.nodes(), () -> ThreadLocalRandom.current().nextDouble()),
                new Backoff(settings.limits(), () -> ThreadLocalRandom.current().nextDouble()));
    }

    private JsonNode read(String path) {
        return requests.send(new Request("GET", path, Map.of(), ""));
    }

    private JsonNode post(String path, JsonNode body, Map<String, String> headers) {
        return requests.send(new Request("POST", path, headers, body.toString()));
    }

    private static String path(String chat) {
        return "/chats/" + Text.requireSegment(chat);
    }
}
