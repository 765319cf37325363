/**
 * The nodes that stand on one database, as they write themselves into it ({@link
 * dev.baton.persistence.membership.NodeTable}): how they find each other, and what else one should know of another.
 *
 * <p>It is no proof of anything: a node that died leaves its row, and one that cannot reach the database grows old in it
 * although it lives. Who is a member is the cluster's word alone.
 *
 * <p>May use JDBC and the database of {@code persistence.schema}. Must not know how nodes are reached.
 */
@NullMarked
package dev.baton.persistence.membership;

import org.jspecify.annotations.NullMarked;
