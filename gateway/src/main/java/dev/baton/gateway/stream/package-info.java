/**
 * The live connections of clients: what they are told, where they are in it, and how they are sent away.
 *
 * <p>{@link dev.baton.gateway.stream.ChatStream} is the entry point: one actor per socket that follows one chat. {@link
 * dev.baton.gateway.stream.SocketRegistry} is the parent of all of them. Actors here never block and never hold more
 * than a bounded number of events; a client that is too slow for that goes back to reading the journal at its cursor.
 *
 * <p>May use Akka Streams and the read ports of {@code persistence}. Must not know routes or status codes.
 */
@NullMarked
package dev.baton.gateway.stream;

import org.jspecify.annotations.NullMarked;
