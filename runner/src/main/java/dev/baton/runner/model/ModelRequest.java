package dev.baton.runner.model;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked. {@code model} is {@code provider/model} or a bare model name; {@code history} is the context in
 * order, its last message the one to answer; {@code owner} is the identity that the call is made for; {@code goingOn} is
 * there when the answer was begun by an earlier call; {@code attempt} when it is made by a
 * runner.
 */
public record ModelRequest(
        ChatId chat,
        String owner,
        String model,
        @Nullable String systemPrompt,
        List<Message> history,
        List<ClientTool> tools,
        @Nullable GoingOn goingOn,
        @Nullable Attempt attempt) {
    public ModelRequest {
        history = List.copyOf(history);
        tools = List.copyOf(tools);
    }

    /** Asks for an answer from its beginning. */
    public ModelRequest(
            ChatId chat,
            String owner,
            String model,
            @Nullable String systemPrompt,
            List<Message> history,
            List<ClientTool> tools) {
        this(chat, owner, model, systemPrompt, history, tools, null, null);
    }

    /** Asks for the rest of an answer. */
    public ModelRequest goingOn(GoingOn from) {
        return new ModelRequest(chat, owner, model, systemPrompt, history, tools, from, attempt);
    }

    /** The same, made by a runner. */
    public ModelRequest madeIn(Attempt made) {
        return new ModelRequest(chat, owner, model, systemPrompt, history, tools, goingOn, made);
    }

    /** What was said of the answer before. */
    public List<Part> said() {
        return goingOn == null ? List.of() : goingOn.said();
    }
}
