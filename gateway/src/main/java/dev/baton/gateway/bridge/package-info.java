/**
 * The only door to model providers: it finds the provider of a model, speaks its dialect, and lets go when it is told.
 *
 * <p>{@link dev.baton.gateway.bridge.Bridge} is the entry point; read it first. A provider is configured as a named
 * instance of a type; {@code SimulatedProvider} needs no network, {@code OpenAiProvider} speaks Chat Completions. A
 * call is a stream: its demand reaches the provider's socket, and its cancellation closes it.
 *
 * <p>May use the ports of {@code dev.baton.runner.model}, Akka Streams, the HTTP client and Jackson. Must not know chats'
 * journals, HTTP routes or sockets of clients. Provider keys never leave this package.
 */
@NullMarked
package dev.baton.gateway.bridge;

import org.jspecify.annotations.NullMarked;
