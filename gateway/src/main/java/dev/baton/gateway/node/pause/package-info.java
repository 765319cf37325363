/**
 * What a node does after it stood still: nothing, until it knows that it may.
 *
 * <p>A process that was stopped, or whose machine was, believes for seconds that it is alive, while others have gone on
 * with its chats. {@link dev.baton.gateway.node.pause.PauseGuard} notices the lost time and closes the {@link
 * dev.baton.gateway.node.pause.Gate} before the model calls, writes and sweeps of this node, until the database has said
 * that its life was not declared over.
 *
 * <p>All of it is only good manners: what a runner of a past epoch writes, the journal refuses.
 */
@NullMarked
package dev.baton.gateway.node.pause;

import org.jspecify.annotations.NullMarked;
