package dev.baton.gateway.stream;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.http.javadsl.model.ws.Message;
import akka.http.javadsl.model.ws.TextMessage;
import akka.stream.BackpressureTimeoutException;
import akka.stream.CompletionStrategy;
import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One client's connection as its actor and Akka HTTP both see it: the actor hands in frames, a batch at a time and each
 * only when the one before was taken; Akka HTTP asks for bytes or messages.
 */
public final class Socket {
    private static final ByteString COMMENT = ByteString.fromString(":\n\n");

    /** How long the client of a WebSocket may take to answer the close; it was told everything by then. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    /** The largest frame of a WebSocket, in either direction; a longer event goes out in several frames. */
    private static final int FRAME_LIMIT = 4 << 20;
    /** No piece of so many characters is larger than a frame may be. */
    private static final int PIECE = FRAME_LIMIT / 4;

    private final akka.actor.ActorRef actor;
    private final Consumer<Signal> signals;
    private final Object taken;
    private final StreamSettings settings;

    private Socket(akka.actor.ActorRef actor, Consumer<Signal> signals, Object taken, StreamSettings settings) {
        this.actor = actor;
        this.signals = signals;
        this.taken = taken;
        this.settings = settings;
    }

    /** The connection of {@code actor}, which understands signals as {@code command} words them. */
    static <C> Socket of(ActorRef<C> actor, Function<Signal, C> command, StreamSettings settings) {
        return new Socket(
                Adapter.toClassic(actor),
                signal -> actor.tell(command.apply(signal)),
                command.apply(new Taken()),
                settings);
    }

    /** What an actor is told of its connection. */
    sealed interface Signal {}

    /** Someone takes frames at {@code outlet}; {@code cutter} ends it whatever it does. */
    record Attached(akka.actor.ActorRef outlet, UniqueKillSwitch cutter) implements Signal {}

    /** The last batch was taken. */
    record Taken() implements Signal {}

    /** The connection is over, by whomever. */
    record Closed() implements Signal {}

    /** Told to the outlet: no more frames come; those handed in are still delivered. */
    record Complete() {}

    /** As they are, for whoever words them otherwise. */
    public Source<Frame, NotUsed> frames() {
        return frames(
                Flow.create(), (cutter, over) -> over.whenComplete((done, failure) -> signals.accept(new Closed())));
    }

    /** As {@code text/event-stream}, with comments while there is nothing to say. */
    public Source<ByteString, NotUsed> eventStream() {
        return frames(
                Flow.<Frame>create()
                        .map(frame -> ByteString.fromString(
                                "id: %s\nevent: %s\ndata: %s\n\n".formatted(frame.id(), frame.type(), frame.text())))
                        .keepAlive(settings.keepAlive(), () -> COMMENT),
                (cutter, over) -> over.whenComplete((done, failure) -> signals.accept(new Closed())));
    }

    /**
     * As WebSocket messages; what the client sends is read and dropped, and too much of it at once ends the connection.
     * It counts as open until the client has answered the close, for only then has it read everything.
     */
    public Flow<Message, Message, NotUsed> webSocket() {
        return Flow.fromMaterializer((materializer, attributes) -> {
                    var clientGone = new CompletableFuture<Done>();
                    Sink<Message, NotUsed> incoming = Flow.<Message>create()
                            .flatMapConcat(Socket::drained)
                            .to(Sink.onComplete(over -> clientGone.complete(Done.getInstance())));
                    Source<Message, NotUsed> outgoing = frames(
                            Flow.<Frame>create().map(frame -> message(frame.text())),
                            (cutter, over) -> follow(clientGone, cutter, over));
                    return Flow.fromSinkAndSource(incoming, outgoing);
                })
                .mapMaterializedValue(started -> NotUsed.getInstance());
    }

    /** What stands between a WebSocket and its connection, so that a client which is gone without a word is found. */
    public BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> pings() {
        return BidiFlow.fromGraph(new Pings(settings.keepAlive(), settings.stallLimit()));
    }

    private void follow(CompletableFuture<Done> clientGone, UniqueKillSwitch cutter, CompletionStage<Done> over) {
        var unused = clientGone.thenRun(cutter::shutdown);
        var closed = over.thenCompose(
                done -> clientGone.copy().completeOnTimeout(done, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        closed.whenComplete((done, failure) -> signals.accept(new Closed()));
    }

    private static Source<?, ?> drained(Message message) {
        return message.isText()
                ? message.asTextMessage().getStreamedText().limitWeighted(FRAME_LIMIT, text -> (long) text.length())
                : message.asBinaryMessage().getStreamedData().limitWeighted(FRAME_LIMIT, bytes ->
                        (long) bytes.length());
    }

    private static Message message(String text) {
        if (text.length() <= PIECE) {
            return TextMessage.create(text);
        }
        var pieces = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int end = Math.min(text.length(), from + PIECE);
            boolean splitsACharacter = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
            int to = splitsACharacter ? end - 1 : end;
            pieces.add(text.substring(from, to));
            from = to;
        }
        return TextMessage.create(Source.from(pieces));
    }

    /**
     * A client that takes nothing for the stall limit although there is something for it is cut: it may be gone without
     * a word. Without its actor, which may have given up before this was connected, a connection is nothing either.
     */
    private <T> Source<T, NotUsed> frames(
            Flow<Frame, T, NotUsed> rendering, BiConsumer<UniqueKillSwitch, CompletionStage<Done>> ending) {
        return Source.<List<Frame>>actorRefWithBackpressure(taken, Socket::completion, told -> Optional.empty())
                .mapConcat(batch -> batch)
                .via(rendering)
                .backpressureTimeout(settings.stallLimit())
                .mapError(
                        BackpressureTimeoutException.class,
                        stalled -> new Outlet.CutOff("the client took nothing for " + settings.stallLimit()))
                .watch(actor)
                .viaMat(KillSwitches.single(), Keep.both())
                .watchTermination((ends, over) -> {
                    signals.accept(new Attached(ends.first(), ends.second()));
                    ending.accept(ends.second(), over);
                    return NotUsed.getInstance();
                });
    }

    private static Optional<CompletionStrategy> completion(Object told) {
        return told instanceof Complete ? Optional.of(CompletionStrategy.draining()) : Optional.empty();
    }
}
