package dev.baton.gateway.bridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;

/** What a provider's error body says. {@code status}: the one that the body names, else that of the response. */
public record ProviderError(int status, String text) {
    /** The status of an error that came inside of a stream and named none. */
    public static final int NO_STATUS = FailureRules.NO_STATUS;

    /** Reads a body that is known to be an error; what is not JSON is taken as it is. */
    static ProviderError of(int status, String body) {
        return Json.parse(body)
                .flatMap(json -> in(status, json).or(() -> Optional.of(ofObject(status, json))))
                .orElse(new ProviderError(status, body));
    }

    /** Finds the error in a body or event that may be something else. Some providers wrap it into an array. */
    static Optional<ProviderError> in(int status, JsonNode json) {
        JsonNode object = json.isArray() ? json.path(0) : json;
        JsonNode error = object.path("error");
        boolean none = error.isMissingNode()
                || error.isNull()
                || (error.isBoolean() && !error.booleanValue())
                || (error.isTextual() && error.textValue().isEmpty());
        if (none) {
            return Optional.empty();
        }
        return Optional.of(error.isObject() ? ofObject(status, error) : new ProviderError(status, error.asText()));
    }

    /** Reads an error that has no wrapper around it. */
    public static ProviderError ofObject(int status, JsonNode error) {
        String message = error.path("message").asText(error.path("detail").asText(""));
        var marks = new LinkedHashSet<String>();
        for (String name : new String[] {"code", "type", "status"}) {
            String mark = error.path(name).asText("");
            if (!mark.isEmpty() && !mark.equals("null")) {
                marks.add(mark);
            }
        }
        String text = message.isEmpty() && marks.isEmpty() ? error.toString() : message;
        int code = error.path("code").asInt(error.path("status").asInt(status));
        return new ProviderError(
                status == FailureRules.NO_STATUS && code >= 400 && code < 600 ? code : status,
                marks.isEmpty() ? text : text + " (" + String.join(", ", marks) + ")");
    }
}
