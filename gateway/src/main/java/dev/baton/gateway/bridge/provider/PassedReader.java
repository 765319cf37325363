package dev.baton.gateway.bridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.chat.Usage;

/** Reads of an answer that is passed on what has to be known of it. One reader reads one answer. */
public interface PassedReader {

    /** Notes what {@code event} says that matters; most say nothing. */
    void read(RawEvent event, PassedAnswer answer);

    /** What an answer that is no stream says that it used, in its field {@code usage}. */
    Usage usage(JsonNode usage);
}
