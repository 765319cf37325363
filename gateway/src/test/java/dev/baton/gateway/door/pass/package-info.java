/** Tests of what is read of requests that are passed on. */
@NullMarked
package dev.baton.gateway.door.pass;

import org.jspecify.annotations.NullMarked;
