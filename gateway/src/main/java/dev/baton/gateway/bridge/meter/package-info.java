/**
 * Stands around each call of a model, whoever makes it: its start is recorded and its cost reserved before anything is sent,
 * and what it used is recorded and settled when it ends, in whatever way.
 *
 * <p>Runners are metered by {@link dev.baton.gateway.bridge.meter.MeteredCalls}; endpoints that pass calls on begin them
 * with {@link dev.baton.gateway.bridge.meter.Meter} and say themselves what was used.
 *
 * <p>Knows no provider's dialect and no HTTP.
 */
@NullMarked
package dev.baton.gateway.bridge.meter;

import org.jspecify.annotations.NullMarked;
