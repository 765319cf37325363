/**
 * What is known about how providers fare: which models are left alone for now and which keys are put aside.
 *
 * <p>{@link dev.baton.gateway.bridge.health.Health} is the entry point. What one node learns it tells the others through
 * {@link dev.baton.gateway.bridge.health.SharedHealth}; they hear it a little later, and until then learn it themselves.
 *
 * <p>May use Akka's distributed data. Must not know dialects, nor call anybody.
 */
@NullMarked
package dev.baton.gateway.bridge.health;

import org.jspecify.annotations.NullMarked;
