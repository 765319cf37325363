/**
 * The actors that drive chats forward.
 *
 * <p>Read {@link dev.baton.runner.RunnerSupervisor} first: there is one per node, and it has one runner for each chat
 * that this node holds. Actors here decide, tasks act: an actor never blocks, and whatever waits for the database or a
 * model is a task that the actor starts, watches and stops.
 *
 * <p>May use {@code dev.baton.persistence} and Akka Typed. Must not use JDBC, HTTP, or anything of the gateway.
 */
@NullMarked
package dev.baton.runner;

import org.jspecify.annotations.NullMarked;
