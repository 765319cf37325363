/**
 * Requests that are passed on to providers as they are, for models that are no chats.
 *
 * <p>{@link dev.baton.gateway.door.pass.Passing} is the entry point: a door asks it whether a request is to be passed on, and
 * has it do so. {@link dev.baton.gateway.door.pass.Envelope} finds in a body the few fields that matter, and changes these
 * and nothing else. The bridge does the rest.
 *
 * <p>Knows no chats.
 */
@NullMarked
package dev.baton.gateway.door.pass;

import org.jspecify.annotations.NullMarked;
