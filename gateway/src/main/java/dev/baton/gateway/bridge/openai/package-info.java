/**
 * OpenAI Chat Completions as a dialect, as most other and local servers speak it, too.
 *
 * <p>{@link dev.baton.gateway.bridge.openai.OpenAiProvider} is the entry point; {@code CompletionsRequest} writes, {@code
 * CompletionsReader} reads. {@link dev.baton.gateway.bridge.openai.ContinueWith} says how servers differ in going on from a
 * beginning.
 *
 * <p>May use {@code bridge.provider}, the ports of {@code runner.model}, Akka Streams, the HTTP client and Jackson.
 */
@NullMarked
package dev.baton.gateway.bridge.openai;

import org.jspecify.annotations.NullMarked;
