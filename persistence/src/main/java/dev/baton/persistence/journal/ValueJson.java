package dev.baton.persistence.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.charset.StandardCharsets;

/** Values of a chat as text, in the form that the journal has them in, for other tables. */
public final class ValueJson {
    private static final ObjectWriter ASCII =
            JournalFormat.JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());

    private ValueJson() {}

    /** What UTF-8 cannot say, half of a pair of characters, is written as a number: it may be cut off from its other half. */
    public static String write(Object value) {
        try {
            String json = JournalFormat.JSON.writeValueAsString(value);
            return StandardCharsets.UTF_8.newEncoder().canEncode(json) ? json : ASCII.writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(value.getClass().getName() + " cannot be written as JSON", failure);
        }
    }

    public static <T> T read(String json, Class<T> type) {
        try {
            return JournalFormat.JSON.readValue(json, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", failure);
        }
    }
}
