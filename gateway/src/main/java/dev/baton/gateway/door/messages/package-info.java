/** Anthropic's Messages over chats. */
@NullMarked
package dev.baton.gateway.door.messages;

import org.jspecify.annotations.NullMarked;
