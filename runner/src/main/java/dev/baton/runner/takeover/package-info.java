/**
 * Finding chats that have work and nobody who does it, and rows that the journal has outrun.
 *
 * <p>Read {@link dev.baton.runner.takeover.Sweeper} first: one runs in the cluster. All of it is only speed and repair;
 * who may write is decided by the chat's epoch and the journal.
 *
 * <p>May use {@code runner.RunnerSettings}, {@code dev.baton.persistence} and Akka Cluster. Must not use JDBC: {@link
 * dev.baton.runner.takeover.StaleChats} is its door to the database.
 */
@NullMarked
package dev.baton.runner.takeover;

import org.jspecify.annotations.NullMarked;
