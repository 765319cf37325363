/**
 * Anthropic Messages as a dialect.
 *
 * <p>{@link dev.baton.gateway.bridge.anthropic.AnthropicProvider} is the entry point; {@code MessagesRequest} writes, {@code
 * MessagesReader} reads. Thinking keeps its signature and goes back with it, byte by byte.
 *
 * <p>May use {@code bridge.provider}, the ports of {@code runner.model}, Akka Streams, the HTTP client and Jackson.
 */
@NullMarked
package dev.baton.gateway.bridge.anthropic;

import org.jspecify.annotations.NullMarked;
