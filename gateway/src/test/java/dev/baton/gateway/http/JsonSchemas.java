package dev.baton.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks values against the schemas of an OpenAPI document, as far as ours use them; fields not described are errors. */
final class JsonSchemas {
    private final JsonNode document;

    JsonSchemas(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with {@code value}, each with its place; nothing when it fits. */
    List<String> problems(JsonNode schema, JsonNode value) {
        var problems = new ArrayList<String>();
        check("$", schema, value, problems);
        return problems;
    }

    private void check(String place, JsonNode schema, JsonNode value, List<String> problems) {
        if (schema.has("$ref")) {
            check(place, resolved(schema.path("$ref").asText()), value, problems);
            return;
        }
        if (schema.has("oneOf")) {
            checkOneOf(place, schema.path("oneOf"), value, problems);
            return;
        }
        if (schema.has("const") && !schema.path("const").equals(value)) {
            problems.add(place + " is " + value + ", not " + schema.path("const"));
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            problems.add(place + " is " + value + ", not one of " + schema.path("enum"));
        }
        switch (schema.path("type").asText()) {
            case "string" -> require(value.isTextual(), place, "a string", value, problems);
            case "integer" -> require(value.isIntegralNumber(), place, "an integer", value, problems);
            case "boolean" -> require(value.isBoolean(), place, "a boolean", value, problems);
            case "array" -> {
                require(value.isArray(), place, "an array", value, problems);
                value.forEach(each -> check(place + "[]", schema.path("items"), each, problems));
            }
            case "object" -> checkObject(place, schema, value, problems);
            case "" -> {}
            default -> throw new AssertionError("no check for type " + schema.path("type"));
        }
    }

    JsonNode resolved(String reference) {
        JsonNode found = document.at(reference.substring(1));
        if (found.isMissingNode()) {
            throw new AssertionError(reference + " leads nowhere");
        }
        return found;
    }

    private void checkOneOf(String place, JsonNode schemas, JsonNode value, List<String> problems) {
        var all = new ArrayList<String>();
        for (JsonNode schema : schemas) {
            var own = new ArrayList<String>();
            check(place, schema, value, own);
            if (own.isEmpty()) {
                return;
            }
            all.addAll(own);
        }
        problems.add(place + " fits none: " + all);
    }

    private void checkObject(String place, JsonNode schema, JsonNode value, List<String> problems) {
        require(value.isObject(), place, "an object", value, problems);
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                problems.add(place + "." + name.asText() + " is missing");
            }
        }
        JsonNode properties = schema.path("properties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String inside = place + "." + field.getKey();
            if (properties.has(field.getKey())) {
                check(inside, properties.path(field.getKey()), field.getValue(), problems);
            } else if (schema.path("additionalProperties").isObject()) {
                check(inside, schema.path("additionalProperties"), field.getValue(), problems);
            } else if (schema.has("properties")) {
                problems.add(inside + " is not described");
            }
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode each : list) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void require(boolean holds, String place, String what, JsonNode value, List<String> problems) {
        if (!holds) {
            problems.add(place + " is " + value + ", not " + what);
        }
    }
}
