/**
 * A cluster on this machine: a real PostgreSQL and nodes, each a process of its own as {@code baton up} starts it.
 *
 * <p>{@link dev.baton.gateway.local.LocalCluster} starts them, does to them what happens to nodes in real life (killed,
 * stopped, held), and leaves nothing running. It knows a node by its command line, its signals and its log, and nothing
 * else of it. The binaries of PostgreSQL come from packages that only this needs; nodes run without them.
 */
@NullMarked
package dev.baton.gateway.local;

import org.jspecify.annotations.NullMarked;
