package dev.baton.gateway.door.responses;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.door.Answering;
import dev.baton.gateway.door.Door;
import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.ErrorShape;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.door.Said;
import dev.baton.gateway.door.TurnId;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.door.pass.Passing;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Role;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /v1/responses}: of chats, and of models to which it is passed on. A chat's response goes on whether or not anybody waits for it, unless it is not stored. */
public final class ResponsesDoor implements Door {
    private static final String DONE = "data: [DONE]\n\n";

    private final Turns turns;
    private final Answering answering;
    private final Passing passing;

    public ResponsesDoor(Turns turns, Answering answering, Passing passing) {
        this.turns = turns;
        this.answering = answering;
        this.passing = passing;
    }

    @Override
    public ErrorShape errors() {
        return ErrorShape.OPENAI;
    }

    @Override
    public List<Way> ways() {
        return List.of(
                new Way("POST", "/responses", this::create),
                new Way("GET", "/responses/{response}", this::show),
                new Way("DELETE", "/responses/{response}", this::delete),
                new Way("POST", "/responses/{response}/cancel", this::cancel),
                new Way("GET", "/responses/{response}/input_items", this::input));
    }

    private CompletionStage<HttpResponse> create(DoorCall call) {
        return passing.asked(call)
                .map(passed -> passing.responses(call, passed))
                .orElseGet(() -> turn(call));
    }

    private CompletionStage<HttpResponse> turn(DoorCall call) {
        ResponseRequest request = ResponseRequest.of(call);
        return begin(call, request)
                .thenCompose(turn -> answer(call, request, turn))
                .thenApply(response -> Answering.ignoring(response, request.ignored()));
    }

    private CompletionStage<Started> begin(DoorCall call, ResponseRequest request) {
        TurnId previous = request.previous();
        if (previous != null) {
            return find(call, previous).thenCompose(before -> {
                requireNewest(before);
                return turns.goOn(call.caller(), previous.chat(), request.turn());
            });
        }
        ChatId conversation = request.conversation();
        return conversation == null
                ? turns.begin(call.caller(), request.turn())
                : turns.goOn(call.caller(), conversation, request.turn());
    }

    /** A chat has one end: from an earlier response nothing can branch off. */
    private static void requireNewest(Started previous) {
        boolean isNewest = previous.chat().history().messages().stream()
                .filter(message -> message.role() == Role.USER)
                .allMatch(message -> message.id().compareTo(previous.input().id()) <= 0);
        if (!isNewest) {
            throw new Refused(
                    409,
                    "response_not_newest",
                    "the chat has gone on since; go on from its newest response, or fork the chat",
                    "previous_response_id");
        }
    }

    private CompletionStage<HttpResponse> answer(DoorCall call, ResponseRequest request, Started turn) {
        boolean goesOn = call.goesOnAlone(request.background() || request.store());
        if (request.stream()) {
            return CompletableFuture.completedFuture(live(call, turn, -1, goesOn));
        }
        if (request.background()) {
            return now(turn);
        }
        var teller = new ResponseTeller(turn, -1);
        return answering.whole(call, turn, goesOn).thenApply(said -> {
            said.forEach(teller::on);
            if (teller.isBroken()) {
                throw new Refused(
                        503,
                        "node_leaving",
                        "this node is leaving and the answer goes on; get %s from any node"
                                .formatted(Response.id(turn)),
                        null);
            }
            return Answering.json(200, teller.response());
        });
    }

    private HttpResponse live(DoorCall call, Started turn, long after, boolean goesOn) {
        var teller = new ResponseTeller(turn, after);
        return answering.live(call, turn, goesOn, new Answering.Words() {
            @Override
            public String first() {
                return events(teller.begin());
            }

            @Override
            public String of(Said said) {
                String events = events(teller.on(said));
                return said instanceof Said.Over && !teller.isBroken() ? events + DONE : events;
            }

            @Override
            public boolean isOver() {
                return teller.isBroken();
            }
        });
    }

    private static String events(List<ObjectNode> events) {
        var text = new StringBuilder();
        events.forEach(event -> text.append(Answering.event(event.path("type").asText(), event)));
        return text.toString();
    }

    /** The response as far as it is committed. */
    private CompletionStage<HttpResponse> now(Started turn) {
        var teller = new ResponseTeller(turn, -1);
        return turns.past(turn).thenApply(said -> {
            said.forEach(teller::on);
            return Answering.json(200, teller.response());
        });
    }

    private CompletionStage<Started> find(DoorCall call) {
        String id = call.value("response");
        return find(call, TurnId.parse(Response.PREFIX, id).orElseThrow(() -> unknown(id)));
    }

    private CompletionStage<Started> find(DoorCall call, TurnId id) {
        return turns.find(call.caller(), id).thenApply(turn -> {
            if (!Labels.isStored(turn.chat()) || Labels.isDeleted(turn.chat(), id.message())) {
                throw unknown(id.text(Response.PREFIX));
            }
            return turn;
        });
    }

    private static ChatException unknown(String id) {
        return new ChatException(ErrorCode.CHAT_NOT_FOUND, "response " + id + " does not exist");
    }

    private CompletionStage<HttpResponse> show(DoorCall call) {
        boolean stream = call.query("stream").filter("true"::equals).isPresent();
        long after = call.query("starting_after").map(ResponsesDoor::number).orElse(-1L);
        return find(call)
                .thenCompose(turn -> stream
                        ? CompletableFuture.completedFuture(live(call, turn, after, /* goesOn= */ true))
                        : now(turn));
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Refused.field("starting_after", "starting_after is the sequence_number of an event");
        }
        return Long.parseLong(text);
    }

    /** What is over stays as it is. */
    private CompletionStage<HttpResponse> cancel(DoorCall call) {
        return find(call)
                .thenCompose(turn -> answering
                        .interrupt(call, turn)
                        .thenCompose(asked -> answering.whole(call, turn))
                        .thenApply(said -> {
                            var teller = new ResponseTeller(turn, -1);
                            said.forEach(teller::on);
                            return Answering.json(200, teller.response());
                        }));
    }

    /** The chat keeps its history; it is this response that is to be found no more. */
    private CompletionStage<HttpResponse> delete(DoorCall call) {
        return find(call)
                .thenCompose(turn -> answering
                        .interrupt(call, turn)
                        .thenCompose(asked -> turns.execute(
                                call.caller(),
                                turn.chat().id(),
                                new ChatCommand.UpdateDetails(
                                        null,
                                        Labels.withDeleted(
                                                turn.chat(), turn.input().id().number()),
                                        null)))
                        .thenApply(state -> Answering.json(
                                200,
                                Json.object()
                                        .put("id", Response.id(turn))
                                        .put("object", "response")
                                        .put("deleted", true))));
    }

    private CompletionStage<HttpResponse> input(DoorCall call) {
        return find(call).thenApply(turn -> {
            ObjectNode json = Json.object().put("object", "list");
            ArrayNode data = json.putArray("data");
            Items.of(turn.input(), turn.id().text("")).forEach(data::add);
            json.put("first_id", data.path(0).path("id").asText());
            json.put("last_id", data.path(data.size() - 1).path("id").asText());
            return Answering.json(200, json.put("has_more", false));
        });
    }
}
