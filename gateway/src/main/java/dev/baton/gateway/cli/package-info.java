/**
 * The {@code baton} command.
 *
 * <p>{@link dev.baton.gateway.cli.Main} is the entry point. {@code up} runs a node in this process; every other command
 * is a client of a node's HTTP API and knows nothing else of it.
 */
@NullMarked
package dev.baton.gateway.cli;

import org.jspecify.annotations.NullMarked;
