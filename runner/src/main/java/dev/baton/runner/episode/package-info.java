/**
 * What models say while they say it: the parts of each attempt, until the step is committed and a little longer.
 *
 * <p>Read {@link dev.baton.runner.episode.PartBuffer} first. Parts are pulled, never pushed: whoever shows them asks for
 * those after the last one shown, so a slow reader costs nobody anything and the buffer's only bound is on what models
 * say.
 *
 * <p>May use {@code dev.baton.persistence.chat}, {@code runner.RunnerSettings} and Akka Typed only.
 */
@NullMarked
package dev.baton.runner.episode;

import org.jspecify.annotations.NullMarked;
