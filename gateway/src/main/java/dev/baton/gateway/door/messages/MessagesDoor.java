package dev.baton.gateway.door.messages;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import dev.baton.gateway.door.Answering;
import dev.baton.gateway.door.Door;
import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.ErrorShape;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.door.StatelessTurns;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.door.pass.Passing;
import dev.baton.gateway.json.Json;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /v1/messages}: of chats, and of models to which it is passed on. */
public final class MessagesDoor implements Door {
    private final StatelessTurns turns;
    private final Answering answering;
    private final Passing passing;

    public MessagesDoor(Turns turns, Answering answering, Passing passing) {
        this.turns = new StatelessTurns(turns);
        this.answering = answering;
        this.passing = passing;
    }

    @Override
    public ErrorShape errors() {
        return ErrorShape.ANTHROPIC;
    }

    @Override
    public List<Way> ways() {
        return List.of(
                new Way("POST", "/messages", this::answer), new Way("POST", "/messages/count_tokens", this::count));
    }

    private CompletionStage<HttpResponse> answer(DoorCall call) {
        return passing.asked(call).map(passed -> passing.messages(call, passed)).orElseGet(() -> turn(call));
    }

    private CompletionStage<HttpResponse> turn(DoorCall call) {
        if (!call.body().has("max_tokens")) {
            throw Refused.field("max_tokens", "max_tokens is missing");
        }
        MessageRequest request = MessageRequest.of(call);
        return turns.begin(call, request.chat(), request.turn())
                .thenCompose(turn -> answer(call, request, turn)
                        .thenApply(response ->
                                response.addHeader(RawHeader.create(DoorCall.CHAT, StatelessTurns.name(turn)))))
                .thenApply(response -> Answering.ignoring(response, request.ignored()));
    }

    private CompletionStage<HttpResponse> answer(DoorCall call, MessageRequest request, Started turn) {
        boolean goesOn = call.goesOnAlone(false);
        var reply = new Reply(turn);
        return request.stream()
                ? CompletableFuture.completedFuture(answering.live(call, turn, goesOn, reply))
                : answering.whole(call, turn, goesOn).thenApply(said -> Answering.json(200, reply.whole(said)));
    }

    private CompletionStage<HttpResponse> count(DoorCall call) {
        return passing.asked(call)
                .flatMap(passed -> passing.countTokens(call, passed))
                .orElseGet(() -> estimate(call));
    }

    /** Baton has no tokenizer: this is an estimate, and says so. */
    private static CompletionStage<HttpResponse> estimate(DoorCall call) {
        long tokens = TokenEstimate.of(MessageRequest.of(call).turn());
        return CompletableFuture.completedFuture(
                Answering.json(200, Json.object().put("input_tokens", tokens))
                        .addHeader(RawHeader.create("x-baton-estimate", "true")));
    }
}
