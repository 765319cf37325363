package dev.baton.gateway.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object as a client of another dialect gives it. Fields that nobody asks for are passed over, since dialects grow;
 * {@code null} counts as absent.
 */
public final class Given {
    private final String path;
    private final JsonNode json;

    private Given(String path, JsonNode json) {
        this.path = path;
        this.json = json;
    }

    public static Given of(JsonNode json) {
        return of("", json);
    }

    private static Given of(String path, JsonNode json) {
        if (json instanceof ObjectNode) {
            return new Given(path, json);
        }
        throw Refused.field(path, "%s must be an object".formatted(path.isEmpty() ? "the body" : path));
    }

    public String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    public Optional<JsonNode> any(String field) {
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    public boolean has(String field) {
        return any(field).isPresent();
    }

    public Optional<String> text(String field) {
        return any(field).map(value -> {
            if (!value.isTextual()) {
                throw Refused.field(path(field), path(field) + " must be a text");
            }
            return wellFormed(field, value.textValue());
        });
    }

    /** Neither a NUL nor half a surrogate pair can be stored or sent on as UTF-8. */
    private String wellFormed(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean pair = Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (character == 0 || (Character.isSurrogate(character) && !pair)) {
                throw Refused.field(path(field), path(field) + " must hold neither NUL nor half a surrogate pair");
            }
            if (pair) {
                i++;
            }
        }
        return text;
    }

    /** JSON as text; an empty object when there is none. */
    public String json(String field) {
        return any(field).map(value -> wellFormed(field, Json.text(value))).orElse("{}");
    }

    public String requiredText(String field) {
        return text(field).orElseThrow(() -> Refused.field(path(field), path(field) + " is missing"));
    }

    public boolean flag(String field, boolean otherwise) {
        return any(field)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw Refused.field(path(field), path(field) + " must be true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(otherwise);
    }

    public Optional<Given> object(String field) {
        return any(field).map(value -> of(path(field), value));
    }

    /** The objects of a list; none when there is no list. */
    public List<Given> objects(String field) {
        var objects = new ArrayList<Given>();
        any(field).ifPresent(value -> {
            if (!value.isArray()) {
                throw Refused.field(path(field), path(field) + " must be a list");
            }
            for (JsonNode each : value) {
                objects.add(of("%s[%d]".formatted(path(field), objects.size()), each));
            }
        });
        return objects;
    }

    /** The objects of an object, by their names. */
    public Map<String, Given> named(String field) {
        var named = new LinkedHashMap<String, Given>();
        object(field)
                .ifPresent(object -> object.json
                        .properties()
                        .forEach(entry -> named.put(
                                object.wellFormed(entry.getKey(), entry.getKey()),
                                of(object.path(entry.getKey()), entry.getValue()))));
        return named;
    }

    public Map<String, String> texts(String field) {
        var texts = new LinkedHashMap<String, String>();
        object(field)
                .ifPresent(object -> object.json
                        .properties()
                        .forEach(entry -> texts.put(
                                object.wellFormed(entry.getKey(), entry.getKey()),
                                object.requiredText(entry.getKey()))));
        return texts;
    }

    /** A text, or a list of blocks of the given types that have one. */
    public Optional<String> words(String field, String textField, String... types) {
        Optional<JsonNode> value = any(field);
        if (value.isEmpty() || value.get().isTextual()) {
            return text(field);
        }
        var words = new StringBuilder();
        for (Given block : objects(field)) {
            String type = block.requiredText("type");
            if (!List.of(types).contains(type)) {
                throw new Refused(
                        400,
                        "content_unsupported",
                        "%s is of type %s; chats hold text".formatted(block.path, type),
                        block.path);
            }
            words.append(block.requiredText(textField));
        }
        return Optional.of(words.toString());
    }

    /** What a tool gave, as JSON text: JSON stays as it is, other words become a string. */
    public static String output(String words) {
        JsonNode value = Json.embedded(words);
        return value.isContainerNode()
                ? words
                : Json.text(Json.object().put("", words).path(""));
    }

    /** Those of {@code fields} that are given. */
    public List<String> present(List<String> fields) {
        return fields.stream().filter(this::has).toList();
    }
}
