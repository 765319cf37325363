/** Tests of the meter. */
@NullMarked
package dev.baton.gateway.bridge.meter;

import org.jspecify.annotations.NullMarked;
