package dev.baton.gateway.bridge;

import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.baton.gateway.bridge.provider.Dialect;
import dev.baton.gateway.bridge.provider.ProviderError;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has to be known of an answer that came as one piece of JSON; the rest of it is passed over. */
record WholeAnswer(@Nullable JsonNode usage, Optional<ProviderError> error) {

    /** Reads a value where it stands, whatever comes after it. */
    private static final JsonMapper PIECES = JsonMapper.builder().build();

    /** Empty when {@code bytes} are not a whole JSON object. */
    static Optional<WholeAnswer> read(ByteString bytes, Dialect dialect) {
        JsonNode usage = null;
        JsonNode error = null;
        try (JsonParser json = PIECES.createParser(bytes.toArrayUnsafe())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("usage")) {
                    usage = PIECES.readTree(json);
                } else if (name.equals("error") && dialect != Dialect.RESPONSES) {
                    error = PIECES.readTree(json);
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                return Optional.empty();
            }
        } catch (IOException malformed) {
            return Optional.empty();
        }
        return Optional.of(new WholeAnswer(
                usage != null && usage.isObject() ? usage : null,
                error != null && error.isObject()
                        ? Optional.of(ProviderError.ofObject(ProviderError.NO_STATUS, error))
                        : Optional.empty()));
    }
}
