/** Tests of the process: configuration, wiring, the way down. */
@NullMarked
package dev.baton.gateway.node;

import org.jspecify.annotations.NullMarked;
