package dev.baton.gateway.bridge.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.chat.Usage;

/** What Messages says that an answer used. Counts are cumulative; an event may leave out those that it has nothing new about. */
final class MessagesUsage {
    private long fresh;
    private long cached;
    private long written;
    private long said;

    Usage with(JsonNode usage) {
        fresh = usage.path("input_tokens").asLong(fresh);
        cached = usage.path("cache_read_input_tokens").asLong(cached);
        written = usage.path("cache_creation_input_tokens").asLong(written);
        said = usage.path("output_tokens").asLong(said);
        return new Usage(fresh + cached + written, said, cached, 0, written);
    }
}
