package dev.baton.runner.task;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.stream.Attributes;
import akka.stream.Materializer;
import akka.stream.typed.javadsl.ActorSink;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.model.ModelClient;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One call of a model: its parts go to the episode as they come, in batches that grow while the last one is on its way.
 *
 * <p>It tells one {@link Result} and stops. When it stops, for whatever reason, the stream is cancelled and the episode
 * closed. The stream is a child of the actor, so when the actor has ended the stream has ended too.
 */
final class ModelCall extends AbstractBehavior<ModelCall.Command> {
    /** What the stream keeps besides the batch under way: nothing, so that batches grow instead of a queue. */
    private static final Attributes NO_QUEUE = Attributes.inputBuffer(1, 1);

    /** So many events are taken together at most while a batch is on its way to the buffer. */
    private static final int LARGEST_BATCH = 256;

    /** How a call ended. */
    sealed interface Result {
        /** The model has said all it wanted to. */
        record Said(List<Part> parts, FinishReason reason, Usage usage) implements Result {
            public Said {
                parts = List.copyOf(parts);
            }
        }

        record Failed(Failure failure, Optional<Duration> retryAfter) implements Result {}

        /** The episode was not new, so nothing was asked: somebody tried before and the parts are there already. */
        record EpisodeTaken() implements Result {}

        /** The episode was closed by somebody else, who has reason to. */
        record Cut() implements Result {}
    }

    sealed interface Command {
        Behavior<Command> deliverTo(ModelCall call);
    }

    record Opened(boolean fresh) implements Command {
        @Override
        public Behavior<Command> deliverTo(ModelCall call) {
            return call.on(this);
        }
    }

    record Connected(ActorRef<Next> stream) implements Command {
        @Override
        public Behavior<Command> deliverTo(ModelCall call) {
            return call.on(this);
        }
    }

    record Came(List<ModelEvent> events, ActorRef<Next> stream) implements Command {
        @Override
        public Behavior<Command> deliverTo(ModelCall call) {
            return call.on(this);
        }
    }

    record Appended(PartBuffer.Ack ack) implements Command {
        @Override
        public Behavior<Command> deliverTo(ModelCall call) {
            return call.on(this);
        }
    }

    record Completed() implements Command {
        @Override
        public Behavior<Command> deliverTo(ModelCall call) {
            return call.on(this);
        }
    }

    record Broke(Throwable cause) implements Command {
        @Override
        public Behavior<Command> deliverTo(ModelCall call) {
            return call.on(this);
        }
    }

    record BufferSilent() implements Command {
        @Override
        public Behavior<Command> deliverTo(ModelCall call) {
            return call.on(this);
        }
    }

    record Beat() implements Command {
        @Override
        public Behavior<Command> deliverTo(ModelCall call) {
            return call.on(this);
        }
    }

    /** Asks the stream for its next batch. */
    enum Next {
        PLEASE
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final EpisodeKey key;
    private final ModelRequest request;
    private final ModelClient model;
    private final ActorRef<PartBuffer.Command> buffer;
    private final RunnerSettings settings;
    private final Report report;
    private final Consumer<Result> tell;
    private final List<Part> parts = new ArrayList<>();
    private final ActorRef<PartBuffer.Ack> acks;
    /** The batch that the buffer has been told; one at a time. */
    private Came onTheWay;

    private int reported;

    private ModelCall(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            EpisodeKey key,
            ModelRequest request,
            Tasks tasks,
            Report report,
            Consumer<Result> tell) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.key = key;
        this.request = request;
        this.model = tasks.model();
        this.buffer = tasks.parts();
        this.settings = tasks.settings();
        this.report = report;
        this.tell = tell;
        this.onTheWay = new Came(List.of(), context.getSystem().ignoreRef());
        timers.startTimerWithFixedDelay(new Beat(), settings.stallAfter());
        this.acks = context.messageAdapter(PartBuffer.Ack.class, Appended::new);
        tellBuffer(new PartBuffer.Open(
                key, context.messageAdapter(PartBuffer.Opened.class, opened -> new Opened(opened.fresh()))));
    }

    /** The buffer is near and answers; if it does not, something is broken, and nobody shall wait for it. */
    private void tellBuffer(PartBuffer.Command command) {
        timers.startSingleTimer(new BufferSilent(), settings.askTimeout());
        buffer.tell(command);
    }

    Behavior<Command> on(BufferSilent silent) {
        return end(new Result.Failed(Outcome.CRASHED.failure(), Optional.empty()));
    }

    /** {@code tell} is called by another actor and must do nothing but tell. */
    static Behavior<Command> create(
            EpisodeKey key, ModelRequest request, Tasks tasks, Report report, Consumer<Result> tell) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new ModelCall(context, timers, key, request, tasks, report, tell)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.class, command -> command.deliverTo(this))
                .onSignal(PostStop.class, signal -> close())
                .build();
    }

    private Behavior<Command> close() {
        buffer.tell(new PartBuffer.Close(key));
        return this;
    }

    private Behavior<Command> end(Result result) {
        tell.accept(result);
        return Behaviors.stopped();
    }

    private Behavior<Command> on(Opened opened) {
        timers.cancel(new BufferSilent());
        if (!opened.fresh()) {
            return end(new Result.EpisodeTaken());
        }
        report.doing("waiting for the model", settings.model().silenceTimeout());
        model.call(request)
                .idleTimeout(settings.model().silenceTimeout())
                .batch(LARGEST_BATCH, ModelCall::batchOf, ModelCall::with)
                .runWith(
                        ActorSink.<List<ModelEvent>, Command, Next>actorRefWithBackpressure(
                                        context.getSelf(),
                                        (stream, events) -> new Came(events, stream),
                                        Connected::new,
                                        Next.PLEASE,
                                        new Completed(),
                                        Broke::new)
                                .withAttributes(NO_QUEUE),
                        Materializer.createMaterializer(context));
        return this;
    }

    private static List<ModelEvent> batchOf(ModelEvent first) {
        var batch = new ArrayList<ModelEvent>();
        batch.add(first);
        return batch;
    }

    private static List<ModelEvent> with(List<ModelEvent> batch, ModelEvent next) {
        batch.add(next);
        return batch;
    }

    private Behavior<Command> on(Connected connected) {
        connected.stream().tell(Next.PLEASE);
        return this;
    }

    private Behavior<Command> on(Came came) {
        var more = new ArrayList<Part>();
        for (ModelEvent event : came.events()) {
            if (event instanceof ModelEvent.Streamed streamed) {
                more.add(streamed.part());
            }
        }
        parts.addAll(more);
        onTheWay = came;
        tellBuffer(new PartBuffer.Append(key, more, acks));
        return this;
    }

    private Behavior<Command> on(Appended appended) {
        timers.cancel(new BufferSilent());
        if (appended.ack() instanceof PartBuffer.Ack.NotOpen) {
            return end(new Result.Cut());
        }
        if (appended.ack() instanceof PartBuffer.Ack.Full) {
            String most = "%d bytes".formatted(settings.episode().maxBytes());
            return end(failed(FailureKind.GENERIC, "the answer is larger than " + most, /* retryable= */ false));
        }
        for (ModelEvent event : onTheWay.events()) {
            if (event instanceof ModelEvent.Finished finished) {
                return end(new Result.Said(parts, finished.reason(), finished.usage()));
            }
        }
        onTheWay.stream().tell(Next.PLEASE);
        return this;
    }

    Behavior<Command> on(Completed completed) {
        return end(failed(FailureKind.TIMEOUT, "the answer broke off before its end", /* retryable= */ true));
    }

    private Behavior<Command> on(Broke broke) {
        if (broke.cause() instanceof ModelException failed) {
            return end(new Result.Failed(failed.failure(), failed.retryAfter()));
        }
        if (broke.cause() instanceof TimeoutException) {
            String limit = settings.model().silenceTimeout().toString();
            return end(failed(
                    FailureKind.STREAM_SILENCE_TIMEOUT, "the model said nothing for " + limit, /* retryable= */ true));
        }
        return end(new Result.Failed(
                new Failure("the model call failed", broke.cause().toString(), FailureKind.GENERIC, null, false, null),
                Optional.empty()));
    }

    private static Result failed(FailureKind kind, String message, boolean retryable) {
        return new Result.Failed(new Failure(message, null, kind, null, retryable, null), Optional.empty());
    }

    Behavior<Command> on(Beat beat) {
        if (parts.size() > reported) {
            reported = parts.size();
            report.doing(
                    "streaming, %d parts so far".formatted(reported),
                    settings.model().silenceTimeout());
        }
        return this;
    }
}
