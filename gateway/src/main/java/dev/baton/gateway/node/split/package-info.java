/**
 * Who goes on when nodes lose sight of each other: the database decides, once and for all.
 *
 * <p>{@link dev.baton.gateway.node.split.SplitDowning} is what Akka makes from {@code baton-node.conf}. On each node {@link
 * dev.baton.gateway.node.split.SplitWatch} looks who has been silent for how long ({@link
 * dev.baton.gateway.node.split.Silence}), has that decided in the table {@code downed_node}, and downs whom the decision
 * names. A node that finds its own life declared over leaves. docs/adr/0006 says why it is not Akka's split brain
 * resolver.
 *
 * <p>May use Akka Cluster and {@code persistence.downed}. Must know nothing of chats.
 */
@NullMarked
package dev.baton.gateway.node.split;

import org.jspecify.annotations.NullMarked;
