package dev.baton.gateway.door;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.json.Json;
import java.util.Map;
import java.util.Optional;

/** One request, read whole, with the values of its path and who sends it. */
public record DoorCall(HttpRequest request, Map<String, String> path, Caller caller, ByteString bytes) {
    /** Which chat goes on; in requests and in answers. */
    public static final String CHAT = "x-baton-chat";

    private static final String ON_DISCONNECT = "x-baton-on-disconnect";
    private static final int MAX_KEY = 200;

    public String value(String name) {
        return Optional.ofNullable(path.get(name))
                .orElseThrow(() -> new IllegalStateException("the path has no value named " + name));
    }

    public Given body() {
        try {
            return Given.of(Json.read(bytes.toArray()));
        } catch (JsonProcessingException notJson) {
            throw new Refused(400, "request_invalid", "the body is no JSON: " + notJson.getOriginalMessage(), null);
        }
    }

    public Optional<String> header(String name) {
        return request.getHeader(name).map(header -> header.value());
    }

    public Optional<String> query(String name) {
        return request.getUri().query().get(name);
    }

    /** The client's own name for what it asks for, so that it can ask again. */
    public Optional<String> key() {
        return header("Idempotency-Key").map(key -> {
            if (key.isBlank() || key.length() > MAX_KEY) {
                throw new Refused(
                        400, "request_invalid", "Idempotency-Key must have 1 to " + MAX_KEY + " characters", null);
            }
            return key;
        });
    }

    /** Whether the turn goes on when the client goes away, which it may say. */
    public boolean goesOnAlone(boolean otherwise) {
        return header(ON_DISCONNECT)
                .map(word -> switch (word) {
                    case "continue" -> true;
                    case "cancel" -> false;
                    default ->
                        throw new Refused(400, "request_invalid", ON_DISCONNECT + " must be continue or cancel", null);
                })
                .orElse(otherwise);
    }

    /** Says in an answer which of the client's wishes did not count. */
    static RawHeader ignored(Iterable<String> fields) {
        return RawHeader.create("x-baton-ignored", String.join(", ", fields));
    }
}
