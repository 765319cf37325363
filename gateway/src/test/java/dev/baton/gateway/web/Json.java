package dev.baton.gateway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON in the short form that tests want. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A string as it stands in JSON, which is also how it stands in JavaScript. */
    static String text(String value) {
        return MAPPER.valueToTree(value).toString();
    }
}
