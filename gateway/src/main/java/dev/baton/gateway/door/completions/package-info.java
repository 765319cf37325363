/** OpenAI's Chat Completions over chats, and the list of models. */
@NullMarked
package dev.baton.gateway.door.completions;

import org.jspecify.annotations.NullMarked;
