/**
 * Tests that hold the whole together: what the pages say, and which package may use which.
 *
 * <p>May read the pages and use every module's public types. Nothing else depends on it.
 */
@NullMarked
package dev.baton.docs;

import org.jspecify.annotations.NullMarked;
