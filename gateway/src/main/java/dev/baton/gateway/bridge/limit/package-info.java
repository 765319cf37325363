/**
 * How many calls an owner may make, counted across the cluster.
 *
 * <p>{@link dev.baton.gateway.bridge.limit.OwnerLimits} is the entry point of a node; {@code OwnerGate} is the one place of
 * an owner in the cluster. A call has a lease while it lasts; leases that are not renewed end by themselves, so that those of
 * a node that died do not count for long.
 *
 * <p>May use Akka's cluster sharding. Must not know providers or chats.
 */
@NullMarked
package dev.baton.gateway.bridge.limit;

import org.jspecify.annotations.NullMarked;
