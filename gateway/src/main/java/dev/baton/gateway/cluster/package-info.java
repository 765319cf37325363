/**
 * What an operator sees of the cluster, and may ask of it.
 *
 * <p>Read {@link dev.baton.gateway.cluster.ClusterNodes} first. Who belongs to the cluster is this node's own view of it; what
 * each node carries is asked from its {@link dev.baton.gateway.cluster.NodeReporter}, with a limit: whoever asks why
 * something hangs must not be made to wait for what hangs.
 *
 * <p>May use {@code gateway.stream}, {@code dev.baton.runner}, {@code dev.baton.persistence} and Akka Cluster. Knows no
 * HTTP.
 */
@NullMarked
package dev.baton.gateway.cluster;

import org.jspecify.annotations.NullMarked;
