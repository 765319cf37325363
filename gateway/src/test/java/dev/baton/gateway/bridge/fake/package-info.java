/**
 * A provider of three dialects that does what it is told, also the wrong things: for tests, demos and measurements.
 *
 * <p>{@link dev.baton.gateway.bridge.fake.FakeProvider} is the entry point, in-process or as a process of its own; {@link
 * dev.baton.gateway.bridge.fake.FakeWishes} lists the words that choose its behaviour. It works on raw sockets, so that
 * it can cut anywhere and sees at once when its client leaves.
 *
 * <p>May use the JDK and Jackson. Must not use the code that it tests.
 */
@NullMarked
package dev.baton.gateway.bridge.fake;

import org.jspecify.annotations.NullMarked;
