package dev.baton.gateway.door.pass;

import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.baton.gateway.bridge.RelayRequest;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.json.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, of which only some fields are known: what they say and where they stand. The body can be had again with
 * other values in these places; every other byte stays as it came.
 */
final class Envelope implements RelayRequest.Body {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final List<String> LIMITS = List.of("max_completion_tokens", "max_output_tokens", "max_tokens");
    private static final Set<String> KNOWN = Stream.concat(
                    LIMITS.stream(),
                    Stream.of(
                            "background",
                            "conversation",
                            "model",
                            "previous_response_id",
                            "store",
                            "stream",
                            "stream_options"))
            .collect(Collectors.toUnmodifiableSet());
    private static final String STREAM_OPTIONS = "stream_options";
    private static final String INCLUDE_USAGE = "include_usage";

    private final ByteString body;
    private final Map<String, Value> fields;

    /** A value and its place; {@code text}: null when it is no text; {@code given}: false when it is null. */
    private record Value(
            JsonToken token, int start, int end, @Nullable String text, boolean given) {
        boolean isTrue() {
            return token == JsonToken.VALUE_TRUE;
        }
    }

    private Envelope(ByteString body, Map<String, Value> fields) {
        this.body = body;
        this.fields = fields;
    }

    /** Throws when {@code body} is no JSON object, or has one of the fields twice: then nobody knows which one counts. */
    static Envelope of(ByteString body) {
        byte[] bytes = body.toArrayUnsafe();
        var fields = new HashMap<String, Value>();
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw Refused.field("", "the body must be an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                field(json, "", fields);
            }
            if (json.nextToken() != null) {
                throw Refused.field("", "the body must be one object and nothing behind it");
            }
        } catch (JsonProcessingException notJson) {
            throw new Refused(400, "request_invalid", "the body is no JSON: " + notJson.getOriginalMessage(), null);
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory could not be read", impossible);
        }
        return new Envelope(ByteString.fromArrayUnsafe(bytes), fields);
    }

    private static void field(JsonParser json, String path, Map<String, Value> fields) throws IOException {
        String name = json.currentName();
        boolean known = path.isEmpty() ? KNOWN.contains(name) : name.equals(INCLUDE_USAGE);
        JsonToken token = json.nextToken();
        int start = place(json.currentTokenLocation().getByteOffset());
        String text = known && token == JsonToken.VALUE_STRING ? json.getText() : null;
        if (known && name.equals(STREAM_OPTIONS) && token == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                field(json, STREAM_OPTIONS + ".", fields);
            }
        } else {
            json.skipChildren();
        }
        if (!known) {
            return;
        }
        json.finishToken();
        int end = place(json.currentLocation().getByteOffset());
        if (fields.put(path + name, new Value(token, start, end, text, token != JsonToken.VALUE_NULL)) != null) {
            throw Refused.field(path + name, path + name + " is given twice");
        }
    }

    private static int place(long offset) {
        if (offset < 0) {
            throw new Refused(400, "request_invalid", "the body must be in UTF-8", null);
        }
        return (int) offset;
    }

    Optional<String> model() {
        Value model = fields.get("model");
        return model == null ? Optional.empty() : Optional.ofNullable(model.text());
    }

    boolean has(String field) {
        Value value = fields.get(field);
        return value != null && value.given();
    }

    boolean isTrue(String field) {
        Value value = fields.get(field);
        return value != null && value.isTrue();
    }

    boolean asksForUsage() {
        return isTrue(STREAM_OPTIONS + "." + INCLUDE_USAGE);
    }

    /** The same with a request for the usage of a stream. */
    Envelope askingForUsage() {
        Value inner = fields.get(STREAM_OPTIONS + "." + INCLUDE_USAGE);
        Value options = fields.get(STREAM_OPTIONS);
        if (inner != null) {
            return with(inner.start(), inner.end(), "true");
        }
        if (options == null) {
            return first("\"stream_options\":{\"include_usage\":true}");
        }
        if (options.token() != JsonToken.START_OBJECT) {
            return with(options.start(), options.end(), "{\"include_usage\":true}");
        }
        boolean empty = text(options.start() + 1, options.end() - 1).isBlank();
        return with(options.start() + 1, options.start() + 1, "\"include_usage\":true" + (empty ? "" : ","));
    }

    /** The same with {@code field}, which is not there, set to {@code json}. The body has other fields. */
    Envelope with(String field, String json) {
        Value before = fields.get(field);
        return before == null ? first("\"" + field + "\":" + json) : with(before.start(), before.end(), json);
    }

    private Envelope first(String field) {
        int brace = body.indexOf((byte) '{');
        return with(brace + 1, brace + 1, field + ",");
    }

    private Envelope with(int start, int end, String json) {
        return of(body.take(start).concat(ByteString.fromString(json)).concat(body.drop(end)));
    }

    @Override
    public OptionalLong mostOutput() {
        return LIMITS.stream()
                .map(fields::get)
                .filter(Objects::nonNull)
                .map(value -> text(value.start(), value.end()))
                .filter(number -> number.matches("[0-9]{1,9}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    @Override
    public Optional<String> prompt() {
        return Prompt.in(body);
    }

    @Override
    public int length() {
        return body.length();
    }

    private String text(int start, int end) {
        return body.slice(start, end).utf8String();
    }

    @Override
    public ByteString to(String name) {
        Value model = fields.get("model");
        if (model == null || name.equals(model.text())) {
            return body;
        }
        String quoted = Json.text(Json.object().put("name", name).path("name"));
        return body.take(model.start()).concat(ByteString.fromString(quoted)).concat(body.drop(model.end()));
    }
}
