package dev.baton.gateway.bridge.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.chat.Usage;

/** What Chat Completions says that an answer used. */
final class CompletionsUsage {

    private CompletionsUsage() {}

    static Usage of(JsonNode usage) {
        return new Usage(
                usage.path("prompt_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong());
    }
}
