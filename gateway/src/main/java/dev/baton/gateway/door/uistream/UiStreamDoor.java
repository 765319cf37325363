package dev.baton.gateway.door.uistream;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import dev.baton.gateway.door.Answering;
import dev.baton.gateway.door.Door;
import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.ErrorShape;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.door.TurnId;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.door.WholeTurn;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /api/chat}: where the AI SDK's {@code useChat} sends and comes back. An answer goes on when its page goes. */
public final class UiStreamDoor implements Door {
    private final UiTurns turns;
    private final Answering answering;

    public UiStreamDoor(Turns turns, Answering answering) {
        this.turns = new UiTurns(turns);
        this.answering = answering;
    }

    @Override
    public List<String> prefix() {
        return List.of("api", "chat");
    }

    @Override
    public ErrorShape errors() {
        return ErrorShape.UI_STREAM;
    }

    @Override
    public List<Way> ways() {
        return List.of(
                new Way("POST", "", this::send),
                new Way("GET", "/{chat}/stream", this::resume),
                new Way("POST", "/{chat}/stop", this::stop));
    }

    private CompletionStage<HttpResponse> send(DoorCall call) {
        UiRequest request = UiRequest.of(call);
        boolean goesOn = call.goesOnAlone(true);
        return turns.begin(call.caller(), request).thenApply(input -> {
            Started whole = UiTurns.whole(input);
            boolean fromTheBeginning = whole.input().equals(input.input());
            UiChunks chunks = fromTheBeginning
                    ? UiChunks.behind(-1, whole)
                    : UiChunks.from(input.input().id(), whole);
            return live(call, whole, goesOn, chunks);
        });
    }

    private HttpResponse live(DoorCall call, Started whole, boolean goesOn, UiChunks chunks) {
        return answering
                .live(call, whole, new WholeTurn(whole), goesOn, chunks)
                .addHeader(RawHeader.create("x-vercel-ai-ui-message-stream", "v1"))
                .addHeader(RawHeader.create("x-workflow-run-id", UiTurns.text(whole.id())))
                .addHeader(RawHeader.create(
                        DoorCall.CHAT, TurnId.chatText("conv_", whole.chat().id())));
    }

    private static HttpResponse nothing() {
        return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
    }

    private CompletionStage<HttpResponse> resume(DoorCall call) {
        String name = UiRequest.name("chat", call.value("chat"));
        Optional<UiCursor> cursor = call.header("Last-Event-ID")
                .filter(id -> !id.isEmpty())
                .or(() -> call.query("after"))
                .map(UiCursor::parse);
        long before = call.query("startIndex").map(UiStreamDoor::number).orElse(0L);
        Optional<TurnId> answer = UiTurns.parse(name);
        if (answer.isPresent()) {
            long after = cursor.map(UiCursor::chunk).orElse(before - 1);
            return turns.find(call.caller(), answer.get()).thenApply(whole -> again(call, whole, after));
        }
        return turns.find(call.caller(), name)
                .thenCompose(chat -> chat.isPresent()
                        ? resume(call, chat.get(), cursor, before - 1)
                        : CompletableFuture.completedStage(nothing()));
    }

    private CompletionStage<HttpResponse> resume(
            DoorCall call, ChatState chat, Optional<UiCursor> cursor, long otherwise) {
        if (cursor.isEmpty()) {
            return CompletableFuture.completedStage(UiTurns.running(chat)
                    .map(whole -> again(call, whole, otherwise))
                    .orElseGet(UiStreamDoor::nothing));
        }
        UiCursor last = cursor.get();
        return turns.find(call.caller(), new TurnId(chat.id(), last.message()))
                .thenApply(whole -> again(call, whole, last.chunk()));
    }

    private HttpResponse again(DoorCall call, Started whole, long after) {
        return live(call, whole, /* goesOn= */ true, UiChunks.behind(after, whole));
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Refused.field("startIndex", "startIndex is how many chunks there are already");
        }
        return Long.parseLong(text);
    }

    /** What was said stays. */
    private CompletionStage<HttpResponse> stop(DoorCall call) {
        String name = UiRequest.name("chat", call.value("chat"));
        return turns.find(call.caller(), name)
                .thenCompose(chat -> chat.flatMap(UiTurns::running)
                        .map(whole -> answering.interrupt(call, whole).thenApply(asked -> true))
                        .orElseGet(() -> CompletableFuture.completedStage(false)))
                .thenApply(stopped -> Answering.json(200, Json.object().put("stopped", stopped)));
    }
}
