package dev.baton.persistence.chat;

import java.util.Optional;

/** Decides commands: a pure function of the chat, the command, the place and the time. */
public final class Decider {
    private final ChatLimits limits;

    public Decider(ChatLimits limits) {
        this.limits = limits;
    }

    /** What {@code command} does to {@code chat}. */
    public Decision decide(ChatState chat, ChatCommand command, Here here) {
        try {
            if (isRepeatedCreate(chat, command)) {
                return new Draft(chat, here).decision();
            }
            Optional<Sent> first = firstOutcome(chat, command);
            if (first.isPresent()) {
                var repeated = new Draft(chat, here);
                repeated.sent(first.get());
                return repeated.decision();
            }
            requireAllowed(chat, command);
            var draft = new Draft(chat, here);
            command.accept(new Decisions(new ClientDecisions(draft, limits), new RunnerDecisions(draft)));
            return draft.decision();
        } catch (ChatException refusal) {
            return new Decision.Refused(
                    refusal.code(), refusal.text(), chat.state().orElse(null));
        }
    }

    private static boolean isRepeatedCreate(ChatState chat, ChatCommand command) {
        return command instanceof ChatCommand.Create create
                && chat.exists()
                && create.requestKey() != null
                && create.requestKey().equals(chat.origin().requestKey());
    }

    private static Optional<Sent> firstOutcome(ChatState chat, ChatCommand command) {
        if (command instanceof ChatCommand.SendMessage send) {
            return chat.sent().find(send.message().clientMessageId());
        }
        return Optional.empty();
    }

    /** The one place where fence and table are checked. */
    private static void requireAllowed(ChatState chat, ChatCommand command) {
        if (!chat.exists() && command.transition() != Transition.CREATE) {
            throw new ChatException(ErrorCode.CHAT_NOT_FOUND, "chat " + chat.id() + " does not exist");
        }
        if (command instanceof ChatCommand.Fenced fenced && !chat.covers(fenced.fence())) {
            throw new ChatException(
                    ErrorCode.FENCED,
                    "%s was made for epoch %d and history version %d; the chat is at epoch %d and history version %d"
                            .formatted(
                                    command.transition(),
                                    fenced.fence().epoch(),
                                    fenced.fence().historyVersion(),
                                    chat.hold().epoch(),
                                    chat.history().version()));
        }
        Optional<State> state = chat.state();
        if (command.transition() == Transition.RECONCILE) {
            if (state.isPresent()) {
                throw new ChatException(
                        ErrorCode.CHAT_STATE_VALID,
                        "state " + state.get() + " is valid; there is nothing to reconcile");
            }
            return;
        }
        if (state.isEmpty()) {
            throw new ChatException(
                    ErrorCode.CHAT_STATE_IMPOSSIBLE,
                    "status %s with %d queued messages and archived=%s is no valid state; reconcile the chat first"
                            .formatted(chat.status(), chat.queue().messages().size(), chat.archived()));
        }
        if (Transitions.outcomes(state.get(), command.transition()).isEmpty()) {
            throw new ChatException(
                    refusalOf(chat, command.transition()),
                    command.transition() + " is not allowed from " + state.get());
        }
    }

    private static ErrorCode refusalOf(ChatState chat, Transition transition) {
        if (transition == Transition.CREATE) {
            return ErrorCode.CHAT_EXISTS;
        }
        if (chat.archived() && transition != Transition.ARCHIVE) {
            return ErrorCode.CHAT_ARCHIVED;
        }
        return transition == Transition.SEND_REJECT ? ErrorCode.CHAT_BUSY : ErrorCode.TRANSITION_NOT_ALLOWED;
    }
}
