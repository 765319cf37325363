package dev.baton.persistence.chat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides commands: a pure function of the chat, the command, the place and the time. */
public final class Decider {
    private final ChatLimits limits;

    public Decider(ChatLimits limits) {
        this.limits = limits;
    }

    /** What {@code command} does to {@code chat}. */
    public Decision decide(ChatState chat, ChatCommand command, Here here) {
        try {
            Optional<Decision> repeated = repeated(chat, command);
            if (repeated.isPresent()) {
                return repeated.get();
            }
            requireAllowed(chat, command);
            var draft = new Draft(chat, here, limits);
            command.accept(new Decisions(new ClientDecisions(draft, limits), new RunnerDecisions(draft)));
            return draft.decision();
        } catch (ChatException refusal) {
            return new Decision.Refused(
                    refusal.code(), refusal.text(), chat.state().orElse(null));
        }
    }

    /** The answer of the first time, when {@code command} has been accepted before. */
    private static Optional<Decision> repeated(ChatState chat, ChatCommand command) {
        if (command instanceof ChatCommand.SendMessage send) {
            return chat.sent().find(send.message().clientMessageId()).map(Decider::again);
        }
        if (command instanceof ChatCommand.Create create && isOriginOf(chat, create)) {
            return Optional.of(again(firstSent(chat, create.first())));
        }
        return Optional.empty();
    }

    /** What was said before the chat was made comes before its first message. */
    private static @Nullable Sent firstSent(ChatState chat, @Nullable NewMessage first) {
        return first == null ? null : chat.sent().find(first.clientMessageId()).orElse(new Sent(MessageId.FIRST, null));
    }

    private static boolean isOriginOf(ChatState chat, ChatCommand.Create create) {
        return chat.exists()
                && create.requestKey() != null
                && create.requestKey().equals(chat.origin().requestKey())
                && create.owner().equals(chat.origin().owner());
    }

    private static Decision again(@Nullable Sent outcome) {
        return new Decision.Accepted(List.of(), outcome);
    }

    /** The one place where fence and table are checked. */
    private static void requireAllowed(ChatState chat, ChatCommand command) {
        if (!chat.exists() && command.transition() != Transition.CREATE) {
            throw new ChatException(ErrorCode.CHAT_NOT_FOUND, "chat " + chat.id() + " does not exist");
        }
        if (command instanceof ChatCommand.Fenced fenced) {
            requireCovered(chat, fenced);
        } else if (command instanceof ChatCommand.AssignRunner assign) {
            requireEpoch(chat, command, assign.epochSeen());
        } else if (command instanceof ChatCommand.ReleaseRunner release) {
            requireEpoch(chat, command, release.epoch());
        } else if (command instanceof ChatCommand.HandOver handOver) {
            requireEpoch(chat, command, handOver.epoch());
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
            ErrorCode code = refusalOf(chat, command);
            throw new ChatException(code, reason(code) + command.transition() + " is not allowed from " + state.get());
        }
    }

    private static void requireCovered(ChatState chat, ChatCommand.Fenced command) {
        if (chat.covers(command.fence())) {
            return;
        }
        String now = chat.hold().node() == null
                ? "the chat has no runner now"
                : "the chat is at epoch %d and history version %d"
                        .formatted(chat.hold().epoch(), chat.history().version());
        throw new ChatException(
                ErrorCode.FENCED,
                "%s was made for epoch %d and history version %d; %s"
                        .formatted(
                                command.transition(),
                                command.fence().epoch(),
                                command.fence().historyVersion(),
                                now));
    }

    private static void requireEpoch(ChatState chat, ChatCommand command, long epoch) {
        if (epoch != chat.hold().epoch()) {
            throw new ChatException(
                    ErrorCode.FENCED,
                    "%s was made for epoch %d; the chat is at epoch %d"
                            .formatted(command.transition(), epoch, chat.hold().epoch()));
        }
    }

    private static String reason(ErrorCode code) {
        return switch (code) {
            case CHAT_ARCHIVED -> "the chat is archived: ";
            case CHAT_BUSY -> "the chat is busy: ";
            case CHAT_EXISTS -> "the chat exists already: ";
            default -> "";
        };
    }

    /** A runner's command that comes too late for the status is as quietly out of date as one with an old fence. */
    private static ErrorCode refusalOf(ChatState chat, ChatCommand command) {
        Transition transition = command.transition();
        if (transition == Transition.CREATE) {
            return ErrorCode.CHAT_EXISTS;
        }
        if (command instanceof ChatCommand.Fenced) {
            return ErrorCode.FENCED;
        }
        if (chat.archived() && transition != Transition.ARCHIVE) {
            return ErrorCode.CHAT_ARCHIVED;
        }
        return transition == Transition.SEND_REJECT ? ErrorCode.CHAT_BUSY : ErrorCode.TRANSITION_NOT_ALLOWED;
    }
}
