/**
 * How a chat is kept: the sharded, event-sourced entity, its journal as versioned JSON, and replay.
 *
 * <p>Read {@link dev.baton.persistence.journal.Chat} first: it is the only writer of a chat in the whole cluster, and
 * the journal's unique (persistence id, sequence number) is the fence should two ever believe that they are.
 *
 * <p>May use {@code persistence.chat} and Akka Persistence. Must not use HTTP or know what a runner does.
 */
@NullMarked
package dev.baton.persistence.journal;

import org.jspecify.annotations.NullMarked;
