/**
 * What a chat is: its states, the table of transitions, and the two pure functions that run it.
 *
 * <p>Read {@link dev.baton.persistence.chat.Transitions} first, then {@code Decider} (a command and a state become
 * events or a refusal) and {@code ChatState.apply} (an event and a state become the next state). Nothing here knows a
 * clock, a database or an actor, so every rule can be tested as a function.
 *
 * <p>May use the JDK's values and collections. Must not use Akka, SQL or JSON.
 */
@NullMarked
package dev.baton.persistence.chat;

import org.jspecify.annotations.NullMarked;
