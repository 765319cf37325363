package dev.baton.gateway.bridge.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.chat.Usage;

/** What Responses says that an answer used. */
final class ResponsesUsage {

    private ResponsesUsage() {}

    static Usage of(JsonNode usage) {
        return new Usage(
                usage.path("input_tokens").asLong(),
                usage.path("output_tokens").asLong(),
                usage.path("input_tokens_details").path("cached_tokens").asLong(),
                usage.path("output_tokens_details").path("reasoning_tokens").asLong());
    }
}
