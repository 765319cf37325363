package dev.baton.gateway.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The DevTools protocol over its socket: commands with answers, and events. */
final class DevTools implements WebSocket.Listener {

    private static final Set<String> COMPLAINTS = Set.of("Runtime.exceptionThrown", "Log.entryAdded");

    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> events = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<String> complaints = new LinkedBlockingQueue<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final StringBuilder incoming = new StringBuilder();
    private @Nullable WebSocket socket;

    private DevTools() {}

    static DevTools connect(HttpClient client, String url) {
        DevTools tools = new DevTools();
        tools.socket = await(client.newWebSocketBuilder().buildAsync(URI.create(url), tools));
        return tools;
    }

    /** Waits for {@code future}, but not for ever. */
    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    JsonNode call(String method, ObjectNode parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode command = Json.object().put("id", id).put("method", method);
        command.set("params", parameters);
        await(open().sendText(command.toString(), /* last= */ true));
        return await(answer);
    }

    /** The next event called {@code name}; to be asked for before what brings it about. */
    CompletableFuture<JsonNode> next(String name) {
        CompletableFuture<JsonNode> event = new CompletableFuture<>();
        events.put(name, event);
        return event;
    }

    List<String> complaints() {
        List<String> taken = new ArrayList<>();
        complaints.drainTo(taken);
        return taken;
    }

    void close() {
        open().abort();
    }

    private WebSocket open() {
        WebSocket opened = socket;
        if (opened == null) {
            throw new IllegalStateException("not connected");
        }
        return opened;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        incoming.append(data);
        if (last) {
            JsonNode message = Json.read(incoming.toString());
            incoming.setLength(0);
            received(message);
        }
        from.request(1);
        return null;
    }

    private void received(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer =
                    answers.remove(message.get("id").asInt());
            if (answer != null && message.has("error")) {
                answer.completeExceptionally(
                        new AssertionError(message.get("error").toString()));
            } else if (answer != null) {
                answer.complete(message.get("result"));
            }
            return;
        }
        String name = message.path("method").asText();
        CompletableFuture<JsonNode> event = events.remove(name);
        if (event != null) {
            event.complete(message.path("params"));
        }
        if (COMPLAINTS.contains(name)) {
            complaints.add(message.path("params").toString());
        }
    }
}
