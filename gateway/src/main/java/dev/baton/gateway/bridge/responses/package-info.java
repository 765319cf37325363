/**
 * OpenAI Responses as a dialect.
 *
 * <p>{@link dev.baton.gateway.bridge.responses.ResponsesProvider} is the entry point; {@code ResponsesRequest} writes,
 * {@code ResponsesReader} reads. Where the provider keeps an answer, each part carries the place in it to go on from, and
 * the provider is asked for what comes after such a place by whoever takes over.
 *
 * <p>May use {@code bridge.provider}, the ports of {@code runner.model}, Akka Streams, the HTTP client and Jackson.
 */
@NullMarked
package dev.baton.gateway.bridge.responses;

import org.jspecify.annotations.NullMarked;
