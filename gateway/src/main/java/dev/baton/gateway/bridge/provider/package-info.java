/**
 * What the dialects of all providers share: the connection of a call, the frame around its stream, and what failures mean.
 *
 * <p>{@link dev.baton.gateway.bridge.provider.Provider} is the port that the bridge calls; a dialect implements it with a
 * writer of requests and an {@link dev.baton.gateway.bridge.provider.EventReader}, both given to {@link
 * dev.baton.gateway.bridge.provider.ProviderHttp}. A call is a stream: its demand reaches the provider's socket, and its
 * cancellation closes it.
 *
 * <p>May use the ports of {@code dev.baton.runner.model}, Akka Streams, the HTTP client and Jackson. Must not know which
 * provider is asked, nor why.
 */
@NullMarked
package dev.baton.gateway.bridge.provider;

import org.jspecify.annotations.NullMarked;
