/**
 * The port through which runners reach models; the gateway's bridge stands behind it.
 *
 * <p>Read {@link dev.baton.runner.model.ModelClient} first. A call is a stream of {@link
 * dev.baton.runner.model.ModelEvent}s with backpressure; cancelling the stream cancels the call at the provider.
 *
 * <p>Must not use HTTP or name a provider's dialect.
 */
@NullMarked
package dev.baton.runner.model;

import org.jspecify.annotations.NullMarked;
