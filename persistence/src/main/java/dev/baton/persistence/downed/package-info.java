/**
 * Which lives of nodes are over by decision: the database's answer to who goes on when nodes lose sight of each other.
 *
 * <p>{@link dev.baton.persistence.downed.DownedNodes} has one rule: a life that is over can declare nobody else's over. So
 * of nodes that declare each other's lives over at the same moment one goes on, and there is always one that may.
 *
 * <p>May use JDBC and the database of {@code persistence.schema}. Must not know how nodes are watched.
 */
@NullMarked
package dev.baton.persistence.downed;

import org.jspecify.annotations.NullMarked;
