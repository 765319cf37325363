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
import dev.baton.persistence.parts.LoggedEpisode;
import dev.baton.persistence.parts.Told;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.model.Attempt;
import dev.baton.runner.model.ModelClient;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import dev.baton.runner.model.TakeoverMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One call of a model: its parts go to the episode as they come, in batches that grow while the last one is on its way.
 * What was said before, by a call that was cut, is gone on from as {@link Beginning} says.
 *
 * <p>It tells one {@link CallResult} and stops; after a whole answer when the stream has ended, which lets the model end its
 * side in peace. When it stops, for whatever reason, the stream is cancelled and the episode rests. The stream is a child
 * of the actor, so when the actor has ended the stream has ended too.
 *
 * <p>The part log may make it wait for as long as the database is away. The model is not asked for more meanwhile, and its
 * silence does not count.
 */
final class ModelCall extends AbstractBehavior<ModelCall.Command> {
    /** What the stream keeps besides the batch under way: nothing, so that batches grow instead of a queue. */
    private static final Attributes NO_QUEUE = Attributes.inputBuffer(1, 1);

    /** So many events are taken together at most while a batch is on its way to the buffer. */
    private static final int LARGEST_BATCH = 256;

    sealed interface Command {
        Behavior<Command> deliverTo(ModelCall call);
    }

    record Opened(PartBuffer.Opening opening) implements Command {
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

    record ModelSilent() implements Command {
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
    private final Set<TakeoverMode> can;
    private final ModelClient model;
    private final ActorRef<PartBuffer.Command> buffer;
    private final RunnerSettings settings;
    private final Report report;
    private final Consumer<CallResult> tell;
    private final ActorRef<PartBuffer.Opening> opener;
    private final ActorRef<PartBuffer.Ack> acks;
    private Answer answer = new Answer(LoggedEpisode.EMPTY, Told.NOTHING);
    /** The batch that the buffer has been told; one at a time. */
    private Came onTheWay;

    private boolean waitsForLog = true;
    private boolean hasTold;
    private boolean streamEnded;
    private int reported;

    private ModelCall(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Task task,
            Tasks tasks,
            Report report,
            Consumer<CallResult> tell) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.key = task.key();
        this.request = task.request().madeIn(new Attempt(key.historyVersion(), key.attempt(), task.epoch()));
        this.can = task.can();
        this.model = tasks.model();
        this.buffer = tasks.parts();
        this.settings = tasks.settings();
        this.report = report;
        this.tell = tell;
        this.onTheWay = new Came(List.of(), context.getSystem().ignoreRef());
        timers.startTimerWithFixedDelay(new Beat(), settings.stallAfter());
        this.acks = context.messageAdapter(PartBuffer.Ack.class, Appended::new);
        this.opener = context.messageAdapter(PartBuffer.Opening.class, Opened::new);
        buffer.tell(new PartBuffer.Open(key, task.epoch(), opener));
    }

    /** What is to be said, by whom, and how it may go on where it was begun before. */
    record Task(EpisodeKey key, long epoch, ModelRequest request, Set<TakeoverMode> can) {}

    /** {@code tell} is called by another actor and must do nothing but tell. */
    static Behavior<Command> create(Task task, Tasks tasks, Report report, Consumer<CallResult> tell) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ModelCall(context, timers, task, tasks, report, tell)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.class, command -> command.deliverTo(this))
                .onSignal(PostStop.class, signal -> rest())
                .build();
    }

    private Behavior<Command> rest() {
        buffer.tell(new PartBuffer.Rest(key, opener));
        return this;
    }

    private Behavior<Command> end(CallResult result) {
        tell.accept(result);
        return Behaviors.stopped();
    }

    private Behavior<Command> on(Opened opened) {
        waitsForLog = false;
        if (!(opened.opening() instanceof PartBuffer.Opening.Opened done)) {
            return end(new CallResult.Cut());
        }
        Beginning beginning = Beginning.of(done.logged(), request, can);
        if (beginning instanceof Beginning.Whole whole) {
            return end(whole.answer());
        }
        if (!(beginning instanceof Beginning.Ask ask)) {
            return end(new CallResult.StartAgain());
        }
        answer = new Answer(done.logged(), ask.told());
        report.doing("waiting for the model", settings.model().silenceTimeout());
        model.call(ask.request())
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
        return next(connected.stream());
    }

    private Behavior<Command> next(ActorRef<Next> stream) {
        timers.startSingleTimer(new ModelSilent(), settings.model().silenceTimeout());
        stream.tell(Next.PLEASE);
        return this;
    }

    Behavior<Command> on(ModelSilent silent) {
        String limit = settings.model().silenceTimeout().toString();
        return end(failed(
                FailureKind.STREAM_SILENCE_TIMEOUT, "the model said nothing for " + limit, /* retryable= */ true));
    }

    private Behavior<Command> on(Came came) {
        timers.cancel(new ModelSilent());
        if (came.events().get(0) instanceof ModelEvent.Forgotten) {
            return end(new CallResult.Forgotten());
        }
        List<Part> more = answer.take(came.events());
        onTheWay = came;
        waitsForLog = true;
        buffer.tell(new PartBuffer.Append(key, more, answer.news(), acks));
        return this;
    }

    private Behavior<Command> on(Appended appended) {
        waitsForLog = false;
        if (appended.ack() instanceof PartBuffer.Ack.NotOpen) {
            return end(new CallResult.Cut());
        }
        if (appended.ack() instanceof PartBuffer.Ack.Full) {
            String most = "%d bytes".formatted(settings.episode().maxBytes());
            return end(failed(FailureKind.GENERIC, "the answer is larger than " + most, /* retryable= */ false));
        }
        if (appended.ack() instanceof PartBuffer.Ack.Refused) {
            return end(failed(FailureKind.GENERIC, "the database refuses the answer", /* retryable= */ false));
        }
        Optional<CallResult.Said> said = answer.whole();
        return said.isPresent() ? endWith(said.get()) : next(onTheWay.stream());
    }

    private Behavior<Command> endWith(CallResult.Said said) {
        hasTold = true;
        timers.cancelAll();
        tell.accept(said);
        if (streamEnded) {
            return Behaviors.stopped();
        }
        onTheWay.stream().tell(Next.PLEASE);
        return this;
    }

    /** An end that comes by itself overtakes nothing, but the last batch may still be on its way to the log. */
    private Behavior<Command> endOfWhole() {
        streamEnded = true;
        return hasTold ? Behaviors.stopped() : this;
    }

    Behavior<Command> on(Completed completed) {
        if (answer.whole().isPresent()) {
            return endOfWhole();
        }
        return end(failed(FailureKind.TIMEOUT, "the answer broke off before its end", /* retryable= */ true));
    }

    private Behavior<Command> on(Broke broke) {
        if (answer.whole().isPresent()) {
            return endOfWhole();
        }
        if (broke.cause() instanceof ModelException failed) {
            return end(new CallResult.Failed(failed.failure(), failed.retryAfter()));
        }
        return end(new CallResult.Failed(
                new Failure("the model call failed", broke.cause().toString(), FailureKind.GENERIC, null, false, null),
                Optional.empty()));
    }

    private static CallResult failed(FailureKind kind, String message, boolean retryable) {
        return new CallResult.Failed(new Failure(message, null, kind, null, retryable, null), Optional.empty());
    }

    Behavior<Command> on(Beat beat) {
        if (waitsForLog) {
            report.doing("waiting for the part log");
        } else if (answer.size() > reported) {
            reported = answer.size();
            report.doing(
                    "streaming, %d parts so far".formatted(reported),
                    settings.model().silenceTimeout());
        }
        return this;
    }
}
