package dev.baton.runner.model;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked. {@code model} is {@code provider/model} or a bare model name; {@code history} is the context in
 * order, its last message the one to answer; {@code owner} is the identity that the call is made for.
 */
public record ModelRequest(
        ChatId chat,
        String owner,
        String model,
        @Nullable String systemPrompt,
        List<Message> history,
        List<ClientTool> tools) {
    public ModelRequest {
        history = List.copyOf(history);
        tools = List.copyOf(tools);
    }
}
