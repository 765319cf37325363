/**
 * What Baton is measured by. Each benchmark starts a cluster of real processes, does to it what its name says while
 * clients watch, and prints what they saw next to the target.
 *
 * <p>A benchmark fails when what it saw was wrong (a chat that is stuck, two answers, a request that was lost), never
 * because something took long.
 */
@NullMarked
package dev.baton.bench;

import org.jspecify.annotations.NullMarked;
