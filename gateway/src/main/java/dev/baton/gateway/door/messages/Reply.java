package dev.baton.gateway.door.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.door.Answering;
import dev.baton.gateway.door.ErrorShape;
import dev.baton.gateway.door.ModelNames;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.door.Said;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import java.util.List;

/** The assistant's message, in events while the turn goes on or as a whole when it is over. */
final class Reply implements Answering.Words {
    private final Started turn;
    private boolean over;

    Reply(Started turn) {
        this.turn = turn;
    }

    private ObjectNode common(ArrayNode content) {
        ObjectNode json = Json.object()
                .put("id", turn.id().text("msg_"))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", ModelNames.of(turn.chat().model()));
        json.set("content", content);
        return json;
    }

    private static String event(ObjectNode json) {
        return Answering.event(json.path("type").asText(), json);
    }

    private static ObjectNode block(String type, int index) {
        return Json.object().put("type", type).put("index", index);
    }

    @Override
    public String first() {
        ObjectNode message = common(Json.array()).putNull("stop_reason").putNull("stop_sequence");
        message.set("usage", usage(Usage.NONE));
        ObjectNode start = Json.object().put("type", "message_start");
        return event(start.set("message", message));
    }

    @Override
    public String of(Said said) {
        if (said instanceof Said.Begun begun) {
            boolean words = begun.kind() == Said.Kind.TEXT;
            return event(block("content_block_start", begun.index())
                    .set("content_block", words ? text("") : thinking("", "")));
        }
        if (said instanceof Said.Piece piece) {
            boolean words = piece.kind() == Said.Kind.TEXT;
            return delta(
                    piece.index(),
                    Json.object()
                            .put("type", words ? "text_delta" : "thinking_delta")
                            .put(words ? "text" : "thinking", piece.text()));
        }
        if (said instanceof Said.Ended ended) {
            return ended(ended);
        }
        if (said instanceof Said.Called called) {
            return called(called);
        }
        if (said instanceof Said.TakenBack back && back.told()) {
            return error(new Refused(
                    502, "answer_restarted", "the answer began again and what was said of it is void", null));
        }
        if (said instanceof Said.Broken broken) {
            return error(new Refused(503, broken.code(), broken.why(), null));
        }
        return said instanceof Said.Over last ? end(last) : "";
    }

    private static String delta(int index, ObjectNode delta) {
        return event(block("content_block_delta", index).set("delta", delta));
    }

    private static String ended(Said.Ended ended) {
        String signature = ended.part() instanceof Part.Reasoning reasoning && reasoning.signature() != null
                ? delta(
                        ended.index(),
                        Json.object().put("type", "signature_delta").put("signature", reasoning.signature()))
                : "";
        return signature + event(block("content_block_stop", ended.index()));
    }

    private static String called(Said.Called called) {
        Part.ToolCall call = called.call();
        ObjectNode start = block("content_block_start", called.index());
        start.set("content_block", toolUse(call, Json.object()));
        return event(start)
                + delta(
                        called.index(),
                        Json.object().put("type", "input_json_delta").put("partial_json", Json.text(input(call))))
                + event(block("content_block_stop", called.index()));
    }

    @Override
    public boolean isOver() {
        return over;
    }

    private String error(Refused refused) {
        over = true;
        return event(ErrorShape.ANTHROPIC.of(refused));
    }

    private String end(Said.Over last) {
        if (last.outcome() == Said.Outcome.FAILED || last.outcome() == Said.Outcome.CANCELLED) {
            return error(refused(last));
        }
        ObjectNode json = Json.object().put("type", "message_delta");
        json.putObject("delta").put("stop_reason", stop(last)).putNull("stop_sequence");
        json.set("usage", usage(last.usage()));
        return event(json) + event(Json.object().put("type", "message_stop"));
    }

    private static Refused refused(Said.Over last) {
        return last.outcome() == Said.Outcome.FAILED
                ? Refused.failure(last.failure())
                : new Refused(409, "turn_interrupted", "somebody interrupted the answer", null);
    }

    private static String stop(Said.Over last) {
        return switch (last.outcome()) {
            case CALLS -> "tool_use";
            case LENGTH -> "max_tokens";
            case FILTERED -> "refusal";
            case DONE, CANCELLED, FAILED -> "end_turn";
        };
    }

    /** All that was said; throws what the answer is refused with when it did not come to its end. */
    ObjectNode whole(List<Said> all) {
        ArrayNode content = Json.array();
        for (Said said : all) {
            if (said instanceof Said.Ended ended && ended.part() instanceof Part.Text part) {
                content.add(text(part.text()));
            } else if (said instanceof Said.Ended ended && ended.part() instanceof Part.Reasoning part) {
                content.add(thinking(part.text(), part.signature() == null ? "" : part.signature()));
            } else if (said instanceof Said.Called called) {
                content.add(toolUse(called.call(), input(called.call())));
            }
        }
        Said last = all.get(all.size() - 1);
        if (last instanceof Said.Broken broken) {
            throw new Refused(503, broken.code(), broken.why(), null);
        }
        var end = (Said.Over) last;
        if (end.outcome() == Said.Outcome.FAILED || end.outcome() == Said.Outcome.CANCELLED) {
            throw refused(end);
        }
        ObjectNode json = common(content).put("stop_reason", stop(end)).putNull("stop_sequence");
        return json.set("usage", usage(end.usage()));
    }

    private static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private static ObjectNode thinking(String text, String signature) {
        return Json.object().put("type", "thinking").put("thinking", text).put("signature", signature);
    }

    private static ObjectNode toolUse(Part.ToolCall call, JsonNode input) {
        ObjectNode json =
                Json.object().put("type", "tool_use").put("id", call.id()).put("name", call.name());
        return json.set("input", input);
    }

    /** The dialect has objects only; what a model wrote may be anything. */
    private static JsonNode input(Part.ToolCall call) {
        JsonNode arguments = Json.embedded(call.arguments());
        return arguments.isObject() ? arguments : Json.object().set("arguments", arguments);
    }

    /** In the dialect's input, what came from or went to a cache is not contained. */
    private static ObjectNode usage(Usage usage) {
        return Json.object()
                .put("input_tokens", Math.max(0, usage.inputTokens() - usage.cachedTokens() - usage.cacheWriteTokens()))
                .put("cache_creation_input_tokens", usage.cacheWriteTokens())
                .put("cache_read_input_tokens", usage.cachedTokens())
                .put("output_tokens", usage.outputTokens());
    }
}
