package dev.baton.gateway.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads and writes JSON as text; reading is strict: one value, no field twice. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** A missing value when {@code text} is empty. */
    public static JsonNode read(byte[] text) throws JsonProcessingException {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw unreadable;
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException("bytes in memory could not be read", impossible);
        }
    }

    /** {@code text} as the JSON it holds; as a JSON string when it holds none. */
    public static JsonNode embedded(String text) {
        try {
            JsonNode value = MAPPER.readTree(text);
            return value.isMissingNode() ? JsonNodeFactory.instance.textNode(text) : value;
        } catch (JsonProcessingException notJson) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    /** One line of text, also for readers of event streams that take U+0085, U+2028 and U+2029 for line ends. */
    public static String text(JsonNode value) {
        try {
            return escaped(MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree could not be written", impossible);
        }
    }

    private static String escaped(String json) {
        for (int i = 0; i < json.length(); i++) {
            if (endsALine(json.charAt(i))) {
                return json.replace("\u0085", "\\u0085")
                        .replace("\u2028", "\\u2028")
                        .replace("\u2029", "\\u2029");
            }
        }
        return json;
    }

    private static boolean endsALine(char character) {
        return character == '\u0085' || character == '\u2028' || character == '\u2029';
    }
}
