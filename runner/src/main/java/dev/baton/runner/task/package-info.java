/**
 * What runners have done: each task is an actor that does one piece of work for one version of a chat and stops.
 *
 * <p>Read {@link dev.baton.runner.task.Tasks} first, then {@code Generation}. A task reads the chat, acts, and writes
 * with the fence it was started for. A refused write says that the chat has moved on; the task then ends without a word.
 * What fails otherwise is tried again, by the task's supervision or by the question that asks.
 *
 * <p>May use {@code runner}, {@code runner.model}, {@code runner.episode} and {@code dev.baton.persistence}.
 */
@NullMarked
package dev.baton.runner.task;

import org.jspecify.annotations.NullMarked;
