package dev.baton.persistence.chat;

import org.jspecify.annotations.Nullable;

/** One piece of a message's content; while a step streams, its text and reasoning arrive as many small ones. */
public sealed interface Part {

    /** Words for people. */
    record Text(String text) implements Part {}

    /** The model's thinking. {@code signature}: what the provider wants back with it, if anything. */
    record Reasoning(String text, @Nullable String signature) implements Part {}

    /** The model asks for a tool. {@code arguments} is JSON text. Always whole: half a call is never shown or kept. */
    record ToolCall(String id, String name, String arguments) implements Part {}

    /** What a tool answered to the call {@code callId}. {@code output} is JSON text. */
    record ToolResult(String callId, String output, boolean error) implements Part {}
}
