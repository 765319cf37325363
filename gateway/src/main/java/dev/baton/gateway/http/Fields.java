package dev.baton.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it is read: field by field, each with its type, and in the end nothing may be left over. Every error
 * names the field, its value and the rule. {@code null} counts as absent.
 */
final class Fields {
    private static final int SHOWN = 60;

    private final String name;
    private final ObjectNode json;
    private final Set<String> known = new TreeSet<>();

    private Fields(String name, ObjectNode json) {
        this.name = name;
        this.json = json;
    }

    static Fields none() {
        return new Fields("", Json.object());
    }

    static Fields of(JsonNode body) {
        return of("", body);
    }

    private static Fields of(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return new Fields(name, object);
        }
        throw wrong(name.isEmpty() ? "the body" : name, value, "an object");
    }

    Optional<JsonNode> any(String field) {
        known.add(field);
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<String> text(String field) {
        return any(field).map(value -> text(path(field), value));
    }

    String requiredText(String field) {
        return text(field).orElseThrow(() -> missing(field, "a text"));
    }

    Optional<Boolean> flag(String field) {
        return any(field).map(value -> {
            if (!value.isBoolean()) {
                throw wrong(path(field), value, "true or false");
            }
            return value.booleanValue();
        });
    }

    Optional<Fields> object(String field) {
        return any(field).map(value -> of(path(field), value));
    }

    Optional<List<Fields>> objects(String field) {
        return any(field).map(value -> {
            if (!value.isArray()) {
                throw wrong(path(field), value, "a list");
            }
            var objects = new ArrayList<Fields>();
            for (JsonNode each : value) {
                objects.add(of("%s[%d]".formatted(path(field), objects.size()), each));
            }
            return objects;
        });
    }

    /** An object whose values are all texts. */
    Optional<Map<String, String>> texts(String field) {
        return object(field).map(object -> {
            var texts = new LinkedHashMap<String, String>();
            object.json
                    .properties()
                    .forEach(entry -> texts.put(
                            wellFormed(object.path(entry.getKey()), entry.getKey()),
                            text(object.path(entry.getKey()), entry.getValue())));
            return texts;
        });
    }

    boolean isEmpty() {
        return json.isEmpty();
    }

    /** Refuses fields that nobody has asked for: a misspelt one would silently do nothing. */
    void end() {
        json.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw invalid("%s is unknown; %s"
                        .formatted(
                                path(field),
                                known.isEmpty()
                                        ? "no fields are expected"
                                        : "the fields are " + String.join(", ", known)));
            }
        });
    }

    ChatException missing(String field, String type) {
        return invalid("%s is missing; it must be %s".formatted(path(field), type));
    }

    ChatException wrong(String field, String rule) {
        JsonNode value = json.get(field);
        return wrong(path(field), value, rule);
    }

    private static ChatException wrong(String path, @Nullable JsonNode value, String rule) {
        String text = value == null ? "absent" : Json.text(value);
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return invalid("%s is %s; it must be %s".formatted(path, shown, rule));
    }

    private static ChatException invalid(String detail) {
        return new ChatException(ErrorCode.REQUEST_INVALID, detail);
    }

    private String path(String field) {
        return name.isEmpty() ? field : name + "." + field;
    }

    private static String text(String path, JsonNode value) {
        if (!value.isTextual()) {
            throw wrong(path, value, "a text");
        }
        return wellFormed(path, value.textValue());
    }

    /** Neither a NUL nor half a surrogate pair can be stored or sent on as UTF-8. */
    static String wellFormed(String path, String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean pair = Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (character == 0 || (Character.isSurrogate(character) && !pair)) {
                throw invalid("%s has U+%04X at %d; a text must hold neither NUL nor half a surrogate pair"
                        .formatted(path, (int) character, i));
            }
            if (pair) {
                i++;
            }
        }
        return text;
    }
}
