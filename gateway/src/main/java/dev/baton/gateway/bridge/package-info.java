/**
 * The only door to model providers: it finds the targets of a model, goes from one to the next, and lets go when it is told.
 *
 * <p>{@link dev.baton.gateway.bridge.Bridge} is the entry point; read it first, then {@code Attempts}, which calls
 * models for runners, and {@code RelayCall}, which passes requests of other clients on. A provider is
 * configured as a named instance of a type; {@code SimulatedProvider} needs no network, the others are dialects in packages
 * of their own upon {@code bridge.provider}. What is known about how they fare is in {@code bridge.health}.
 *
 * <p>May use the ports of {@code dev.baton.runner.model}, Akka Streams, the HTTP client and Jackson. Must not know chats'
 * journals, HTTP routes or sockets of clients. Provider keys never leave this package and those below it.
 */
@NullMarked
package dev.baton.gateway.bridge;

import org.jspecify.annotations.NullMarked;
