/**
 * The process: configuration, the actor system and its cluster, the wiring of all modules, and the way down.
 *
 * <p>{@link dev.baton.gateway.node.Node} is the entry point. Clocks, pools and the actor system are made here and
 * nowhere else; everything else gets them handed in.
 */
@NullMarked
package dev.baton.gateway.node;

import org.jspecify.annotations.NullMarked;
