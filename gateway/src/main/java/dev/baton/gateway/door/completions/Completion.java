package dev.baton.gateway.door.completions;

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

/** A completion, as chunks while the turn goes on or as a whole when it is over. */
final class Completion implements Answering.Words {
    private static final String DONE = "data: [DONE]\n\n";

    private final Started turn;
    private final boolean tellUsage;
    private int calls;
    private boolean over;

    Completion(Started turn, boolean tellUsage) {
        this.turn = turn;
        this.tellUsage = tellUsage;
    }

    private ObjectNode common(String object) {
        return Json.object()
                .put("id", turn.id().text("chatcmpl-"))
                .put("object", object)
                .put("created", turn.input().createdAt().getEpochSecond())
                .put("model", ModelNames.of(turn.chat().model()));
    }

    private String chunk(ObjectNode delta, String finish) {
        ObjectNode json = common("chat.completion.chunk");
        ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs");
        if (finish.isEmpty()) {
            choice.putNull("finish_reason");
        } else {
            choice.put("finish_reason", finish);
        }
        if (tellUsage) {
            json.putNull("usage");
        }
        return Answering.event("", json);
    }

    @Override
    public String first() {
        return chunk(Json.object().put("role", "assistant").put("content", ""), "");
    }

    @Override
    public String of(Said said) {
        if (said instanceof Said.Piece piece) {
            String field = piece.kind() == Said.Kind.TEXT ? "content" : "reasoning_content";
            return chunk(Json.object().put(field, piece.text()), "");
        }
        if (said instanceof Said.Called called) {
            ObjectNode delta = Json.object();
            delta.putArray("tool_calls").add(call(called.call()).put("index", calls++));
            return chunk(delta, "");
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

    @Override
    public boolean isOver() {
        return over;
    }

    private String error(Refused refused) {
        over = true;
        return Answering.event("", ErrorShape.OPENAI.of(refused));
    }

    private String end(Said.Over last) {
        if (last.outcome() == Said.Outcome.FAILED || last.outcome() == Said.Outcome.CANCELLED) {
            return error(refused(last));
        }
        String end = chunk(Json.object(), finish(last));
        if (!tellUsage) {
            return end + DONE;
        }
        ObjectNode json = common("chat.completion.chunk");
        json.putArray("choices");
        return end + Answering.event("", json.set("usage", usage(last.usage()))) + DONE;
    }

    private static Refused refused(Said.Over last) {
        return last.outcome() == Said.Outcome.FAILED
                ? Refused.failure(last.failure())
                : new Refused(409, "turn_interrupted", "somebody interrupted the answer", null);
    }

    private static String finish(Said.Over last) {
        return switch (last.outcome()) {
            case CALLS -> "tool_calls";
            case LENGTH -> "length";
            case FILTERED -> "content_filter";
            case DONE, CANCELLED, FAILED -> "stop";
        };
    }

    /** All that was said; throws what the answer is refused with when it did not come to its end. */
    ObjectNode whole(List<Said> all) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        ArrayNode toolCalls = Json.array();
        for (Said said : all) {
            if (said instanceof Said.Ended ended && ended.part() instanceof Part.Text part) {
                text.append(part.text());
            } else if (said instanceof Said.Ended ended && ended.part() instanceof Part.Reasoning part) {
                reasoning.append(part.text());
            } else if (said instanceof Said.Called called) {
                toolCalls.add(call(called.call()));
            }
        }
        Said.Over last = over(all);
        ObjectNode json = common("chat.completion");
        ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("content", text.isEmpty() && !toolCalls.isEmpty() ? null : text.toString());
        message.putNull("refusal");
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!toolCalls.isEmpty()) {
            message.set("tool_calls", toolCalls);
        }
        choice.putNull("logprobs").put("finish_reason", finish(last));
        return json.set("usage", usage(last.usage()));
    }

    private static Said.Over over(List<Said> all) {
        Said last = all.get(all.size() - 1);
        if (last instanceof Said.Broken broken) {
            throw new Refused(503, broken.code(), broken.why(), null);
        }
        var over = (Said.Over) last;
        if (over.outcome() == Said.Outcome.FAILED || over.outcome() == Said.Outcome.CANCELLED) {
            throw refused(over);
        }
        return over;
    }

    private static ObjectNode call(Part.ToolCall call) {
        ObjectNode json = Json.object().put("id", call.id()).put("type", "function");
        json.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        return json;
    }

    private static ObjectNode usage(Usage usage) {
        ObjectNode json = Json.object()
                .put("prompt_tokens", usage.inputTokens())
                .put("completion_tokens", usage.outputTokens())
                .put("total_tokens", usage.inputTokens() + usage.outputTokens());
        json.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedTokens());
        json.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        return json;
    }
}
