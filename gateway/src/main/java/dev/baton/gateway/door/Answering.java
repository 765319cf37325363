package dev.baton.gateway.door;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.http.Departure;
import dev.baton.gateway.json.Json;
import dev.baton.gateway.stream.Frame;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Answers requests with a turn, as it goes or when it is over. */
public final class Answering {
    private static final ByteString COMMENT = ByteString.fromString(":\n\n");

    private final Turns turns;
    private final DoorSettings settings;
    private final ActorSystem<?> system;

    public Answering(Turns turns, DoorSettings settings, ActorSystem<?> system) {
        this.turns = turns;
        this.settings = settings;
        this.system = system;
    }

    /** All that there is to say of {@code turn}, once it is over, whoever waits for it. */
    public CompletionStage<List<Said>> whole(DoorCall call, Started turn) {
        return whole(call, turn, /* goesOn= */ true);
    }

    /** The same; unless it {@code goesOn} alone, the turn is interrupted when the client goes away. */
    public CompletionStage<List<Said>> whole(DoorCall call, Started turn, boolean goesOn) {
        var over = new AtomicBoolean(goesOn);
        giveUpWithTheClient(call, turn, over);
        return said(call, turn, turn.teller()::on)
                .runWith(Sink.seq(), system)
                .whenComplete((said, failure) -> over.set(true))
                .thenApply(Said::standing);
    }

    /** A stream that ends by itself before the turn does was cut. */
    private Source<Said, NotUsed> said(DoorCall call, Started turn, Function<Frame, List<Said>> teller) {
        return turns.follow(call.caller(), turn)
                .mapConcat(teller::apply)
                .concat(Source.single(
                        new Said.Broken("stream_cut", "the answer goes on, but this stream of it was cut; come back")))
                .takeWhile(said -> !said.isLast(), /* inclusive= */ true);
    }

    /** How a dialect writes a stream. Used for one answer, by one thread at a time. */
    public interface Words {
        /** What comes before anything is said. */
        String first();

        /** What is written for {@code said}; often nothing. */
        String of(Said said);

        /** Whether nothing may follow what was written, though the turn goes on. */
        boolean isOver();
    }

    /**
     * {@code turn} as it goes, as server-sent events. The connection ends with the last thing said, and breaks when the
     * turn's stream does, so that no client takes a part for the whole.
     */
    public HttpResponse live(DoorCall call, Started turn, boolean goesOn, Words words) {
        return live(call, turn, turn.teller()::on, goesOn, words);
    }

    /** The same; {@code teller}: what makes of the frames behind the turn's message what is said. */
    public HttpResponse live(
            DoorCall call, Started turn, Function<Frame, List<Said>> teller, boolean goesOn, Words words) {
        var over = new AtomicBoolean(goesOn);
        giveUpWithTheClient(call, turn, over);
        Source<ByteString, NotUsed> bytes = Source.single(words.first())
                .concat(said(call, turn, teller)
                        .map(said -> {
                            String text = words.of(said);
                            if (said.isLast() || words.isOver()) {
                                over.set(true);
                            }
                            return text;
                        })
                        .takeWhile(text -> !words.isOver(), /* inclusive= */ true))
                .mapError(Throwable.class, failure -> {
                    over.set(true);
                    return failure;
                })
                .filter(text -> !text.isEmpty())
                .map(ByteString::fromString)
                .keepAlive(settings.keepAlive(), () -> COMMENT)
                .watchTermination((started, end) -> {
                    var unused = end.whenComplete((done, failure) -> giveUp(call, turn, over));
                    return NotUsed.getInstance();
                });
        return HttpResponse.create()
                .addHeader(CacheControl.create(CacheDirectives.NO_STORE))
                .addHeader(RawHeader.create("X-Accel-Buffering", "no"))
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), bytes));
    }

    /** {@code over}: whether there is nothing to give up, because all is said or the turn goes on alone. */
    private void giveUpWithTheClient(DoorCall call, Started turn, AtomicBoolean over) {
        if (!over.get()) {
            var unused = Departure.of(call.request()).thenRun(() -> giveUp(call, turn, over));
        }
    }

    private void giveUp(DoorCall call, Started turn, AtomicBoolean over) {
        if (over.compareAndSet(false, true)) {
            var unused = interrupt(call, turn);
        }
    }

    /** Does nothing when the turn is over, or what it answers has been answered and the chat is at something else. */
    public CompletionStage<ChatState> interrupt(DoorCall call, Started turn) {
        return turns.read(call.caller(), turn.chat().id())
                .thenCompose(state -> isAt(state, turn)
                        ? turns.execute(call.caller(), state.id(), new ChatCommand.Interrupt())
                        : CompletableFuture.completedFuture(state))
                .exceptionally(refused -> turn.chat());
    }

    private static boolean isAt(ChatState state, Started turn) {
        MessageId asked = state.turn().userMessage();
        MessageId input = turn.input().id();
        Optional<MessageId> nextUser = state.history().messages().stream()
                .filter(message -> message.role() == Role.USER)
                .map(Message::id)
                .filter(id -> id.compareTo(input) > 0)
                .findFirst();
        return state.status() == Status.RUNNING
                && asked != null
                && (nextUser.isEmpty() || asked.compareTo(nextUser.get()) < 0);
    }

    /** One server-sent event; without a name it has only data. */
    public static String event(String name, JsonNode data) {
        String line = "data: " + Json.text(data) + "\n\n";
        return name.isEmpty() ? line : "event: " + name + "\n" + line;
    }

    public static HttpResponse json(int status, JsonNode json) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .addHeader(CacheControl.create(CacheDirectives.NO_STORE))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.text(json)));
    }

    /** {@code response}, saying which of the client's wishes did not count. */
    public static HttpResponse ignoring(HttpResponse response, List<String> fields) {
        return fields.isEmpty() ? response : response.addHeader(DoorCall.ignored(fields));
    }
}
