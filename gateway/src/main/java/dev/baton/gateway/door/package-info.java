/**
 * Chats behind other people's dialects, so that an unmodified SDK drives a durable chat.
 *
 * <p>A {@link dev.baton.gateway.door.Door} reads requests of one dialect and words its answers. What they have in common is
 * here: {@link dev.baton.gateway.door.Turns} begins turns and follows them on the chat's stream, and {@link
 * dev.baton.gateway.door.TurnTeller} makes of the stream what every dialect can say: items that begin, grow and end. It is a
 * pure function of the chat's journal and parts, cut in the same places however the words came, so that whoever comes back
 * is told exactly what is missing, by any node.
 *
 * <p>The doors stand beside {@code gateway.http}, on its access to chats; they keep nothing themselves.
 */
@NullMarked
package dev.baton.gateway.door;

import org.jspecify.annotations.NullMarked;
