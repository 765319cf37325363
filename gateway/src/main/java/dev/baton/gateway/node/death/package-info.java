/**
 * Proof that a node is dead ({@link dev.baton.gateway.node.death.DeathProof}), so that nobody waits for a time limit when a process was killed.
 *
 * <p>Each node listens on a port of its own, which its members know by a role. The others hold a connection to it: the
 * kernel closes it when the process ends, however that comes. Then a refused connection, twice, or another life that
 * answers at the same address, is the proof. {@link dev.baton.gateway.node.death.DeathWatch} downs the member and {@link
 * dev.baton.gateway.node.death.ProvedDeathFailureDetector} calls it unreachable at once. A time limit proves nothing:
 * nodes that hang, and machines that are cut off, are left to heartbeats and the split brain resolver.
 *
 * <p>All of it is only speed. Who may write a chat is decided by its epoch and the journal.
 */
@NullMarked
package dev.baton.gateway.node.death;

import org.jspecify.annotations.NullMarked;
