package dev.baton.gateway.door.uistream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.door.Answering;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.door.Said;
import dev.baton.gateway.door.TurnId;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one message of the assistant, which is a whole turn, numbered. Numbers begin with 0 and grow by one, except
 * where something is void: there the next one is the next multiple of {@value #LEAP}.
 */
final class UiChunks implements Answering.Words {
    private static final long LEAP = 1_000_000_000L;
    private static final String DONE = "data: [DONE]\n\n";

    private final TurnId id;
    private final String chat;
    private long after;
    private @Nullable MessageId from;
    private long number;
    private int step;
    private final List<Long> begins = new ArrayList<>();
    private boolean over;

    private UiChunks(Started turn, long after, @Nullable MessageId from) {
        this.id = turn.id();
        this.chat = TurnId.chatText("conv_", turn.chat().id());
        this.after = after;
        this.from = from;
    }

    /** Those behind {@code after}; -1 for all of them. */
    static UiChunks behind(long after, Started turn) {
        return new UiChunks(turn, after, null);
    }

    /** Those behind what the client's tools gave in {@code from}, which the client has. */
    static UiChunks from(MessageId from, Started turn) {
        return new UiChunks(turn, -1, from);
    }

    private static ObjectNode chunk(String type) {
        return Json.object().put("type", type);
    }

    private String say(ObjectNode chunk) {
        long at = number++;
        return from != null || at <= after ? "" : frame(at, chunk);
    }

    private String frame(long at, ObjectNode chunk) {
        return "id: " + new UiCursor(id.message(), at) + "\n" + Answering.event("", chunk);
    }

    private ObjectNode start() {
        ObjectNode start = chunk("start").put("messageId", UiTurns.text(id));
        start.putObject("messageMetadata").put("chat", chat);
        return start;
    }

    @Override
    public String first() {
        String again = from == null ? "" : Answering.event("", start());
        return again + say(start()) + say(chunk("start-step"));
    }

    @Override
    public String of(Said said) {
        if (said instanceof Said.Begun begun) {
            return begun(begun);
        }
        if (said instanceof Said.Piece piece) {
            return say(words(piece.kind(), "delta", piece.index()).put("delta", piece.text()));
        }
        if (said instanceof Said.Ended ended) {
            boolean text = ended.part() instanceof Part.Text;
            return say(words(text ? Said.Kind.TEXT : Said.Kind.REASONING, "end", ended.index()));
        }
        if (said instanceof Said.Called called) {
            return called(called);
        }
        if (said instanceof Said.TakenBack back) {
            return takenBack(back);
        }
        if (said instanceof Said.Paused) {
            return paused();
        }
        if (said instanceof Said.Answered answered) {
            return answered(answered);
        }
        return said instanceof Said.Broken broken ? error(broken.code(), broken.why()) : over((Said.Over) said);
    }

    @Override
    public boolean isOver() {
        return over;
    }

    private ObjectNode words(Said.Kind kind, String what, int index) {
        return chunk((kind == Said.Kind.TEXT ? "text-" : "reasoning-") + what).put("id", step + "-" + index);
    }

    private String begun(Said.Begun begun) {
        begins.add(number);
        return say(words(begun.kind(), "start", begun.index()));
    }

    private String called(Said.Called called) {
        begins.add(number);
        Part.ToolCall call = called.call();
        return say(chunk("tool-input-start").put("toolCallId", call.id()).put("toolName", call.name()))
                + say(chunk("tool-input-delta").put("toolCallId", call.id()).put("inputTextDelta", call.arguments()))
                + say(chunk("tool-input-available")
                        .put("toolCallId", call.id())
                        .put("toolName", call.name())
                        .set("input", Json.embedded(call.arguments())));
    }

    /** Those who were there were told that the message is finished, under a number that nothing else has. */
    private String paused() {
        String end = say(chunk("finish-step"));
        number++;
        return end;
    }

    private String answered(Said.Answered answered) {
        var text = new StringBuilder();
        answered.results().forEach(result -> text.append(say(result(result))));
        if (answered.id().equals(from)) {
            from = null;
        }
        step++;
        begins.clear();
        return text.append(say(chunk("start-step"))).toString();
    }

    private static ObjectNode result(Part.ToolResult result) {
        JsonNode output = Json.embedded(result.output());
        if (!result.error()) {
            return chunk("tool-output-available")
                    .put("toolCallId", result.callId())
                    .set("output", output);
        }
        return chunk("tool-output-error")
                .put("toolCallId", result.callId())
                .put("errorText", output.isTextual() ? output.textValue() : result.output());
    }

    /** Clients cannot take words back; who was told some of what is void has to read the message anew. */
    private String takenBack(Said.TakenBack back) {
        long first = back.from() < begins.size() ? begins.get(back.from()) : number;
        boolean heardThen = after >= first && after < afterLeap();
        boolean heardNow = back.told() && number > first && number > after + 1 && from == null;
        if (heardThen || heardNow) {
            return error("answer_restarted", "the answer began again and what was said of it is void; come back");
        }
        leap(back.from());
        return "";
    }

    private long afterLeap() {
        return (number / LEAP + 1) * LEAP;
    }

    private void leap(int first) {
        number = afterLeap();
        begins.subList(Math.min(first, begins.size()), begins.size()).clear();
    }

    /** Nothing ends the stream as it ends when all is said, so that nobody takes a part for the whole. */
    private String error(String code, String why) {
        over = true;
        return Answering.event("", chunk("error").put("errorText", code + ": " + why));
    }

    private String over(Said.Over last) {
        return switch (last.outcome()) {
            case DONE, LENGTH, FILTERED, CALLS -> say(chunk("finish-step")) + say(finish(last)) + DONE;
            case CANCELLED -> {
                leap(last.from());
                yield say(chunk("abort")) + DONE;
            }
            case FAILED -> {
                leap(last.from());
                Refused failure = Refused.failure(last.failure());
                yield say(chunk("error").put("errorText", failure.code() + ": " + failure.text())) + DONE;
            }
        };
    }

    private static String reason(Said.Outcome outcome) {
        return switch (outcome) {
            case CALLS -> "tool-calls";
            case LENGTH -> "length";
            case FILTERED -> "content-filter";
            case DONE, CANCELLED, FAILED -> "stop";
        };
    }

    private static ObjectNode finish(Said.Over last) {
        ObjectNode finish = chunk("finish");
        ObjectNode metadata = finish.putObject("messageMetadata");
        metadata.put("finishReason", reason(last.outcome()));
        metadata.set("usage", ChatJson.usage(last.usage()));
        return finish;
    }
}
