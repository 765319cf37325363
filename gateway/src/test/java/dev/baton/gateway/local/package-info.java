/** What of local clusters can be tested without starting one. */
@NullMarked
package dev.baton.gateway.local;

import org.jspecify.annotations.NullMarked;
