/**
 * Chats behind the AI SDK's UI message stream, so that {@code useChat} drives a durable chat and finds its answer again after
 * a reload.
 *
 * <p>{@link dev.baton.gateway.door.uistream.UiStreamDoor} is the entry point. A client names its chats as it likes; {@link
 * dev.baton.gateway.door.uistream.UiTurns} finds the chat behind a name and decides what a request asks of it, and {@link
 * dev.baton.gateway.door.uistream.UiChunks} words a message in numbered chunks.
 */
@NullMarked
package dev.baton.gateway.door.uistream;

import org.jspecify.annotations.NullMarked;
