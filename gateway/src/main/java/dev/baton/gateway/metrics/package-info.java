/**
 * What monitoring sees of a node: {@link dev.baton.gateway.metrics.Metrics} first. docs/operations.md lists the names, and a
 * test holds the list to them.
 *
 * <p>No label has values that grow without bound, so no chat, node or user is ever one.
 */
@NullMarked
package dev.baton.gateway.metrics;

import org.jspecify.annotations.NullMarked;
