package dev.baton.runner.task;

import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.runner.model.ModelRequest;
import java.util.ArrayList;
import java.util.List;

/** What models are asked. */
final class Prompts {
    private static final String SUMMARIZE = """
            Summarize the conversation so far. Your summary will stand in its place, so keep everything that is needed to \
            go on: what the user wants, what was decided and why, facts, names, numbers and code that were agreed on, and \
            what is still open. Answer with the summary only.""";

    private Prompts() {}

    static ModelRequest of(ChatState state) {
        return state.turn().compaction()
                ? request(state, withSummaryAsked(state), /* withTools= */ false)
                : request(state, state.history().context(), /* withTools= */ true);
    }

    private static ModelRequest request(ChatState state, List<Message> history, boolean withTools) {
        return new ModelRequest(
                state.id(),
                state.origin().owner(),
                state.model(),
                state.origin().systemPrompt(),
                history,
                withTools ? state.origin().tools() : List.of());
    }

    /** The question is asked of the model only; it never becomes part of the chat. */
    private static List<Message> withSummaryAsked(ChatState state) {
        var history = new ArrayList<>(state.history().context());
        history.add(new Message(
                new MessageId(state.nextNumber()),
                Role.USER,
                List.of(new Part.Text(SUMMARIZE)),
                state.version(),
                state.updatedAt(),
                false,
                null,
                null));
        return history;
    }
}
