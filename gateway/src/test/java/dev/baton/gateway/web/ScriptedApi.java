package dev.baton.gateway.web;

import akka.NotUsed;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import akka.japi.Pair;
import akka.stream.BoundedSourceQueue;
import akka.stream.Materializer;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP API as far as a page can tell: it answers what a test told it to answer, keeps what it was asked, and its
 * streams bring what the test pushes, each reader from its cursor on.
 */
final class ScriptedApi extends AllDirectives {

    /** A request as it came. {@code after}: the cursor, empty without one; {@code body}: null node without one. */
    record Asked(String after, String authorization, JsonNode body) {}

    private final Materializer materializer;
    private final Map<String, String> answers = new HashMap<>();
    private final Map<String, LinkedBlockingQueue<Asked>> asked = new HashMap<>();
    private final Map<String, List<ObjectNode>> events = new HashMap<>();
    private final Map<String, BoundedSourceQueue<ByteString>> readers = new HashMap<>();

    ScriptedApi(Materializer materializer) {
        this.materializer = materializer;
    }

    /** Lets {@code request}, like {@code GET /api/v1/chats}, be answered with {@code json}. */
    synchronized void answer(String request, String json) {
        answers.put(request, json);
    }

    /** Puts an event on the stream at {@code path}; it gets the next id there. */
    synchronized void push(String path, String json) {
        List<ObjectNode> stream = events.computeIfAbsent(path, ignored -> new ArrayList<>());
        ObjectNode event = (ObjectNode) Json.read(json);
        event.put("id", Integer.toString(stream.size() + 1));
        stream.add(event);
        BoundedSourceQueue<ByteString> reader = readers.get(path);
        if (reader != null) {
            reader.offer(frame(event));
        }
    }

    /** Ends the connection of whoever reads the stream at {@code path}. */
    synchronized void drop(String path) {
        BoundedSourceQueue<ByteString> reader = readers.remove(path);
        if (reader != null) {
            reader.complete();
        }
    }

    /** Loses all events of the stream at {@code path}; who comes back with a cursor is refused. */
    synchronized void forget(String path) {
        events.remove(path);
        drop(path);
    }

    /** Ends all connections; what the page asks for later is answered as before. */
    synchronized void dropAll() {
        List.copyOf(readers.keySet()).forEach(this::drop);
    }

    /** The oldest request of this kind that was not taken yet; waits for it. */
    Asked take(String request) throws InterruptedException {
        Asked taken = queue(request).poll(10, TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("nobody asked for " + request);
        }
        return taken;
    }

    private synchronized LinkedBlockingQueue<Asked> queue(String request) {
        return asked.computeIfAbsent(request, ignored -> new LinkedBlockingQueue<>());
    }

    Route route() {
        return extractRequest(request -> entity(
                Unmarshaller.entityToString(),
                body -> complete(respond(request, body.isEmpty() ? Json.read("null") : Json.read(body)))));
    }

    private synchronized HttpResponse respond(HttpRequest request, JsonNode body) {
        String path = request.getUri().path();
        String name = request.method().value() + " " + path;
        String after = request.getUri().query().get("after").orElse("");
        String authorization =
                request.getHeader("Authorization").map(header -> header.value()).orElse("");
        queue(name).add(new Asked(after, authorization, body));
        if (path.endsWith("/stream") || path.endsWith("/watch")) {
            List<ObjectNode> told = events.getOrDefault(path, List.of());
            if (!after.isEmpty() && Integer.parseInt(after) > told.size()) {
                return HttpResponse.create()
                        .withStatus(StatusCodes.BAD_REQUEST)
                        .withEntity(ContentTypes.APPLICATION_JSON, "{\"code\":\"cursor_unknown\"}");
            }
            return HttpResponse.create()
                    .withEntity(HttpEntities.createChunked(
                            MediaTypes.TEXT_EVENT_STREAM.toContentType(), stream(path, after)));
        }
        String answer = answers.get(name);
        if (answer == null) {
            return HttpResponse.create()
                    .withStatus(StatusCodes.NOT_FOUND)
                    .withEntity(ContentTypes.APPLICATION_JSON, "{\"title\":\"not scripted\"}");
        }
        return HttpResponse.create().withEntity(ContentTypes.APPLICATION_JSON, answer);
    }

    private Source<ByteString, NotUsed> stream(String path, String after) {
        List<ObjectNode> all = events.getOrDefault(path, List.of());
        List<ByteString> missed = all.subList(after.isEmpty() ? 0 : Integer.parseInt(after), all.size()).stream()
                .map(ScriptedApi::frame)
                .toList();
        Pair<BoundedSourceQueue<ByteString>, Source<ByteString, NotUsed>> live =
                Source.<ByteString>queue(256).preMaterialize(materializer);
        drop(path);
        readers.put(path, live.first());
        ByteString hello = ByteString.fromString(": hello\n\n");
        return Source.single(hello).concat(Source.from(missed)).concat(live.second());
    }

    private static ByteString frame(ObjectNode event) {
        return ByteString.fromString("id: %s\nevent: %s\ndata: %s\n\n"
                .formatted(event.get("id").asText(), event.get("type").asText(), event));
    }
}
