package dev.baton.gateway.door;

import dev.baton.gateway.door.Turns.Started;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Earlier;
import dev.baton.persistence.chat.Role;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Begins turns for dialects whose clients tell everything each time. With a chat's name beside it only what comes after the
 * last answer counts, for the chat knows the rest; without one there is a new chat each time.
 */
public final class StatelessTurns {
    private static final String CHAT_PREFIX = "conv_";

    private final Turns turns;

    public StatelessTurns(Turns turns) {
        this.turns = turns;
    }

    /** The chat that a request names in its header, or as {@code named}. */
    public static Optional<ChatId> chat(DoorCall call, Optional<String> named) {
        return call.header(DoorCall.CHAT)
                .or(() -> named)
                .map(text -> TurnId.chat(CHAT_PREFIX, text)
                        .orElseThrow(() -> new Refused(
                                404, "chat_not_found", "chat \"%s\" does not exist".formatted(text), null)));
    }

    /** The name that a client sends to go on in {@code turn}'s chat. */
    public static String name(Started turn) {
        return TurnId.chatText(CHAT_PREFIX, turn.chat().id());
    }

    public CompletionStage<Started> begin(DoorCall call, Optional<ChatId> chat, NewTurn turn) {
        return chat.map(id -> turns.goOn(call.caller(), id, newestOf(turn)))
                .orElseGet(() -> turns.begin(call.caller(), turn));
    }

    private static NewTurn newestOf(NewTurn turn) {
        List<Earlier> all = turn.messages();
        int from = all.size();
        while (from > 0 && all.get(from - 1).role() != Role.ASSISTANT) {
            from--;
        }
        return new NewTurn(
                turn.model(),
                turn.instructions(),
                turn.tools(),
                all.subList(from, all.size()),
                turn.labels(),
                turn.key());
    }
}
