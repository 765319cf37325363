package dev.baton.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of a chat's stream.
 *
 * @param id the cursor: where the client stands once it has the event
 * @param type as {@code message_part}; a type that is not known is to be ignored
 * @param data the whole event, {@code id} and {@code type} included
 */
public record ChatEvent(String id, String type, JsonNode data) {}
