package dev.baton.gateway.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.stream.Frame;
import dev.baton.persistence.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Words one turn, or what of it lies between the client's tool results and the next calls, from the frames of its chat's
 * stream that come after the message it began with.
 *
 * <p>A pure function of the frames; and whether the parts of a step came, some of them or none, what is said of a committed
 * step is the same. What was said and turns out to be different is never gone on from: it is taken back.
 */
public final class TurnTeller {
    private final Set<String> tools;
    private final List<Said> told = new ArrayList<>();
    private StepTeller step;
    /** How many of what the step says were looked at, of which the first {@code told} were told before. */
    private int count;

    private int firstOfStep;
    private Usage usage = Usage.NONE;
    private Said.Outcome atTheEnd = Said.Outcome.DONE;
    private boolean interrupted;
    private boolean over;
    private @Nullable JsonNode failure;
    private @Nullable String lastAt;
    private String lastId = "";
    private boolean userCame;

    /** {@code tools}: the names of those that the client runs. */
    public TurnTeller(Set<String> tools) {
        this.tools = Set.copyOf(tools);
        this.step = new StepTeller(0, this.tools);
    }

    /** Nothing more is said once the turn is over. */
    public List<Said> on(Frame frame) {
        var said = new ArrayList<Said>();
        if (over) {
            return said;
        }
        boolean sameEvent = frame.id().equals(lastId);
        JsonNode json = frame.json();
        switch (frame.type()) {
            case "message_part" -> tell(step.add(PartJson.part(json.path("part"))), said);
            case "message" -> message(json.path("message"), said);
            case "preview_reset" -> reset(json.has("attempt"), said);
            case "history_reset" -> end(Said.Outcome.CANCELLED, said);
            case "error" -> failure = json.path("error");
            case "status" -> status(json.path("status").asText(), sameEvent, said);
            case "reconnect" ->
                broken("node_leaving", "this node is leaving and the answer goes on; come back to any node", said);
            case "unauthenticated" -> broken("unauthenticated", "the token has ended", said);
            default -> {}
        }
        if (!frame.type().equals("message")) {
            userCame = false;
        }
        lastId = frame.id();
        return said;
    }

    private void tell(List<Said> made, List<Said> said) {
        for (Said each : made) {
            if (count < told.size() && !told.get(count).equals(each)) {
                said.add(new Said.TakenBack(true, firstOfStep));
                List<Said> before = List.copyOf(told.subList(0, count));
                told.clear();
                told.addAll(before);
                said.addAll(before);
            }
            if (count >= told.size()) {
                told.add(each);
                said.add(each);
            }
            count++;
        }
    }

    private void message(JsonNode message, List<Said> said) {
        String role = message.path("role").asText();
        userCame = role.equals("user");
        lastAt = message.path("created_at").asText();
        if (!role.equals("assistant")) {
            return;
        }
        step = new StepTeller(firstOfStep, tools);
        count = 0;
        List<Said> whole = step.whole(
                PartJson.parts(message.path("content")),
                message.path("interrupted").asBoolean());
        if (told.size() > whole.size()) {
            said.add(new Said.TakenBack(true, firstOfStep));
            told.clear();
        }
        tell(whole, said);
        usage = usage.plus(usage(message.path("usage")));
        atTheEnd = switch (message.path("ending").asText()) {
            case "length" -> Said.Outcome.LENGTH;
            case "content_filter" -> Said.Outcome.FILTERED;
            default -> Said.Outcome.DONE;
        };
        firstOfStep = step.next();
        nextStep();
    }

    private static Usage usage(JsonNode json) {
        return new Usage(
                json.path("input_tokens").asLong(),
                json.path("output_tokens").asLong(),
                json.path("cached_tokens").asLong(),
                json.path("reasoning_tokens").asLong(),
                json.path("cache_write_tokens").asLong());
    }

    private void nextStep() {
        step = new StepTeller(firstOfStep, tools);
        count = 0;
        told.clear();
    }

    /** Of the same attempt the parts come again, and are compared; of another one all is new. */
    private void reset(boolean anotherAttempt, List<Said> said) {
        step = new StepTeller(firstOfStep, tools);
        count = 0;
        if (anotherAttempt) {
            said.add(new Said.TakenBack(!told.isEmpty(), firstOfStep));
            told.clear();
        }
    }

    /** A user message that brings a status begins another turn; one that steers comes alone. */
    private void status(String status, boolean aside, List<Said> said) {
        switch (status) {
            case "waiting" -> end(interrupted ? Said.Outcome.CANCELLED : atTheEnd, said);
            case "requires_action" -> end(Said.Outcome.CALLS, said);
            case "error" -> end(Said.Outcome.FAILED, said);
            case "interrupting" -> interrupted = true;
            default -> {
                if (userCame && !aside) {
                    end(interrupted ? Said.Outcome.CANCELLED : atTheEnd, said);
                }
            }
        }
    }

    private void end(Said.Outcome outcome, List<Said> said) {
        over = true;
        said.add(new Said.Over(outcome, outcome == Said.Outcome.FAILED ? failure : null, usage, lastAt, firstOfStep));
    }

    private void broken(String code, String why, List<Said> said) {
        over = true;
        said.add(new Said.Broken(code, why));
    }
}
