package dev.baton.gateway.door.completions;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import dev.baton.gateway.door.Answering;
import dev.baton.gateway.door.Door;
import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.ErrorShape;
import dev.baton.gateway.door.StatelessTurns;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.door.pass.Passing;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /v1/chat/completions}: of chats, and of models to which it is passed on. */
public final class CompletionsDoor implements Door {
    private final StatelessTurns turns;
    private final Answering answering;
    private final Passing passing;

    public CompletionsDoor(Turns turns, Answering answering, Passing passing) {
        this.turns = new StatelessTurns(turns);
        this.answering = answering;
        this.passing = passing;
    }

    @Override
    public ErrorShape errors() {
        return ErrorShape.OPENAI;
    }

    @Override
    public List<Way> ways() {
        return List.of(new Way("POST", "/chat/completions", this::complete));
    }

    private CompletionStage<HttpResponse> complete(DoorCall call) {
        return passing.asked(call)
                .map(passed -> passing.completions(call, passed))
                .orElseGet(() -> turn(call));
    }

    private CompletionStage<HttpResponse> turn(DoorCall call) {
        CompletionRequest request = CompletionRequest.of(call);
        return turns.begin(call, request.chat(), request.turn())
                .thenCompose(turn -> answer(call, request, turn)
                        .thenApply(response ->
                                response.addHeader(RawHeader.create(DoorCall.CHAT, StatelessTurns.name(turn)))))
                .thenApply(response -> Answering.ignoring(response, request.ignored()));
    }

    private CompletionStage<HttpResponse> answer(DoorCall call, CompletionRequest request, Started turn) {
        boolean goesOn = call.goesOnAlone(false);
        var completion = new Completion(turn, request.usage());
        return request.stream()
                ? CompletableFuture.completedFuture(answering.live(call, turn, goesOn, completion))
                : answering.whole(call, turn, goesOn).thenApply(said -> Answering.json(200, completion.whole(said)));
    }
}
