package dev.baton.gateway.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.stream.Frame;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Words a turn with all that the client's tools gave in it, from the frames that come after the user's message. Where the
 * chat has their results already the turn goes on, and {@link Said.Answered} is said between what comes before and after;
 * indexes begin with 0 again behind it.
 */
public final class WholeTurn implements Function<Frame, List<Said>> {
    /** Frames that end what is told, also while the chat waits. */
    private static final Set<String> ENDS = Set.of("history_reset", "reconnect", "unauthenticated");

    private final Started turn;
    private final long newestAnswer;
    private TurnTeller teller;
    private long newestMessage;
    private boolean waits;

    public WholeTurn(Started turn) {
        this.turn = turn;
        this.teller = turn.teller();
        this.newestAnswer = newestAnswer(turn.chat());
    }

    private static long newestAnswer(ChatState chat) {
        return chat.history().messages().stream()
                .filter(message -> message.role() == Role.TOOL)
                .mapToLong(message -> message.version())
                .reduce(0, Math::max);
    }

    @Override
    public List<Said> apply(Frame frame) {
        JsonNode message = frame.json().path("message");
        boolean isMessage = frame.type().equals("message");
        if (waits && isMessage && message.path("role").asText().equals("tool")) {
            return List.of(answered(message));
        }
        if (waits) {
            return ENDS.contains(frame.type()) ? turn.teller().on(frame) : List.of();
        }
        if (isMessage) {
            newestMessage = message.path("version").asLong();
        }
        var said = new ArrayList<Said>();
        for (Said each : teller.on(frame)) {
            waits = each instanceof Said.Over over && over.outcome() == Said.Outcome.CALLS && goesOn();
            said.add(waits ? new Said.Paused() : each);
        }
        return said;
    }

    private boolean goesOn() {
        return newestMessage < newestAnswer;
    }

    private Said answered(JsonNode message) {
        waits = false;
        teller = turn.teller();
        List<Part.ToolResult> results = PartJson.parts(message.path("content")).stream()
                .filter(Part.ToolResult.class::isInstance)
                .map(Part.ToolResult.class::cast)
                .toList();
        MessageId id = MessageId.parse(message.path("id").asText()).orElseThrow();
        return new Said.Answered(id, results);
    }
}
