/**
 * OpenAI's Responses and Conversations: a conversation is a chat, a response what the chat answers to one message.
 *
 * <p>{@link dev.baton.gateway.door.responses.ResponseTeller} numbers the events of a response. The numbers follow from what
 * the chat's journal has, so a client that comes back with {@code starting_after} is told exactly what is missing.
 */
@NullMarked
package dev.baton.gateway.door.responses;

import org.jspecify.annotations.NullMarked;
