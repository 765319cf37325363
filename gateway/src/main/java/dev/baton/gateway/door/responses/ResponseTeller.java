package dev.baton.gateway.door.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.door.Said;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one response, numbered.
 *
 * <p>Numbers begin with 0 and grow by one, except where something is taken back or does not come any more: there the next
 * number is the next multiple of {@value #LEAP}. So what is void keeps the numbers it had, and who comes back with one of
 * them is found out.
 */
final class ResponseTeller {
    /** More than one attempt at an answer can have events. */
    static final long LEAP = 1_000_000_000L;

    private final Started turn;
    private final long after;
    private final String suffix;
    private final List<ObjectNode> output = new ArrayList<>();
    private long number;
    /** The numbers of the events that began the items. */
    private final List<Long> begins = new ArrayList<>();

    private boolean broken;
    private Said.@Nullable Over over;

    /** {@code after}: the number of the last event that the client has; -1 when it has none. */
    ResponseTeller(Started turn, long after) {
        this.turn = turn;
        this.after = after;
        this.suffix = turn.id().text("");
    }

    /** The events before anything is said. */
    List<ObjectNode> begin() {
        var events = new ArrayList<ObjectNode>();
        events.add(event("response.created").set("response", response()));
        events.add(event("response.in_progress").set("response", response()));
        return missing(events);
    }

    /** The response as far as it was said. */
    ObjectNode response() {
        return Response.json(turn, output, over);
    }

    List<ObjectNode> on(Said said) {
        if (broken) {
            return List.of();
        }
        var events = new ArrayList<ObjectNode>();
        if (said instanceof Said.Begun begun) {
            begun(begun, events);
        } else if (said instanceof Said.Piece piece) {
            piece(piece, events);
        } else if (said instanceof Said.Ended ended) {
            ended(ended, events);
        } else if (said instanceof Said.Called called) {
            called(called, events);
        } else if (said instanceof Said.TakenBack back) {
            return takenBack(back);
        } else if (said instanceof Said.Over last) {
            return missing(List.of(over(last)));
        } else if (said instanceof Said.Broken cut) {
            return List.of(error(cut.code(), cut.why()));
        }
        return missing(events);
    }

    /** Whether nothing more comes, though the response may not be over. */
    boolean isBroken() {
        return broken;
    }

    private List<ObjectNode> missing(List<ObjectNode> events) {
        return events.stream()
                .filter(event -> event.path("sequence_number").asLong() > after)
                .toList();
    }

    private ObjectNode event(String type) {
        return Json.object().put("type", type).put("sequence_number", number++);
    }

    private ObjectNode ofItem(String type, int index) {
        return event(type).put("item_id", id(index)).put("output_index", index);
    }

    private String id(int index) {
        return output.get(index).path("id").asText();
    }

    private void add(ObjectNode item, int index, List<ObjectNode> events) {
        output.add(item);
        begins.add(number);
        events.add(
                event("response.output_item.added").put("output_index", index).set("item", item.deepCopy()));
    }

    private void done(ObjectNode item, int index, List<ObjectNode> events) {
        output.set(index, item);
        events.add(event("response.output_item.done").put("output_index", index).set("item", item.deepCopy()));
    }

    private void begun(Said.Begun begun, List<ObjectNode> events) {
        if (begun.kind() == Said.Kind.TEXT) {
            ObjectNode item = Items.text("msg_" + suffix + "_" + begun.index(), "", "in_progress");
            item.putArray("content");
            add(item, begun.index(), events);
            events.add(ofItem("response.content_part.added", begun.index())
                    .put("content_index", 0)
                    .set("part", Items.textPart("")));
            return;
        }
        add(Items.reasoning("rs_" + suffix + "_" + begun.index(), "", "in_progress"), begun.index(), events);
    }

    private void piece(Said.Piece piece, List<ObjectNode> events) {
        boolean words = piece.kind() == Said.Kind.TEXT;
        ObjectNode event = ofItem(words ? "response.output_text.delta" : "response.reasoning_text.delta", piece.index())
                .put("content_index", 0)
                .put("delta", piece.text());
        if (words) {
            event.putArray("logprobs");
        }
        events.add(event);
    }

    private void ended(Said.Ended ended, List<ObjectNode> events) {
        int index = ended.index();
        String status = ended.cut() ? "incomplete" : "completed";
        if (ended.part() instanceof Part.Text whole) {
            ObjectNode done = ofItem("response.output_text.done", index)
                    .put("content_index", 0)
                    .put("text", whole.text());
            done.putArray("logprobs");
            events.add(done);
            events.add(ofItem("response.content_part.done", index)
                    .put("content_index", 0)
                    .set("part", Items.textPart(whole.text())));
            done(Items.text(id(index), whole.text(), status), index, events);
        } else if (ended.part() instanceof Part.Reasoning whole) {
            events.add(ofItem("response.reasoning_text.done", index)
                    .put("content_index", 0)
                    .put("text", whole.text()));
            done(Items.reasoning(id(index), whole.text(), status), index, events);
        }
    }

    private void called(Said.Called called, List<ObjectNode> events) {
        Part.ToolCall call = called.call();
        String id = "fc_" + suffix + "_" + called.index();
        add(Items.call(id, call, "", "in_progress"), called.index(), events);
        events.add(
                ofItem("response.function_call_arguments.delta", called.index()).put("delta", call.arguments()));
        events.add(ofItem("response.function_call_arguments.done", called.index())
                .put("name", call.name())
                .put("arguments", call.arguments()));
        done(Items.call(id, call, call.arguments(), "completed"), called.index(), events);
    }

    /**
     * The dialect cannot take words back. A client that was told some of what is void is told so and cut; one that was not
     * goes on as if nothing had been.
     */
    private List<ObjectNode> takenBack(Said.TakenBack back) {
        long first = back.from() < begins.size() ? begins.get(back.from()) : number;
        boolean heardThen = after >= first && after < afterLeap();
        boolean heardNow = back.told() && number > first && number > after + 1;
        boolean heard = heardThen || heardNow;
        if (heard) {
            return List.of(
                    error(
                            "answer_restarted",
                            "the answer began again and what was said of it is void; get the response anew, from its beginning"));
        }
        leap(back.from());
        return List.of();
    }

    private long afterLeap() {
        return (number / LEAP + 1) * LEAP;
    }

    private void leap(int from) {
        number = afterLeap();
        output.subList(Math.min(from, output.size()), output.size()).clear();
        begins.subList(Math.min(from, begins.size()), begins.size()).clear();
    }

    private ObjectNode over(Said.Over last) {
        over = last;
        if (last.outcome() == Said.Outcome.CANCELLED || last.outcome() == Said.Outcome.FAILED) {
            leap(last.from());
        }
        String type = switch (last.outcome()) {
            case DONE, CALLS -> "response.completed";
            case FAILED -> "response.failed";
            case LENGTH, FILTERED, CANCELLED -> "response.incomplete";
        };
        return event(type).set("response", response());
    }

    /** SDKs throw what has an {@code error}, and so take nothing of this for an end. */
    private ObjectNode error(String code, String message) {
        broken = true;
        number = Math.max(number, after + 1);
        ObjectNode event =
                event("error").put("code", code).put("message", message).putNull("param");
        event.putObject("error").put("type", "server_error").put("code", code).put("message", message);
        return event;
    }
}
