/**
 * What real processes do: started as a user starts them, killed with SIGKILL, watched with plain HTTP clients.
 *
 * <p>{@link dev.baton.docs.process.NodeProcess} starts a node from the packaged jars; {@link
 * dev.baton.docs.process.ChatApi} talks to it as curl would.
 */
@NullMarked
package dev.baton.docs.process;

import org.jspecify.annotations.NullMarked;
