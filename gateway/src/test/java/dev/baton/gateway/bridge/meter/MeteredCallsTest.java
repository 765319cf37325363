package dev.baton.gateway.bridge.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import akka.NotUsed;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.SinkQueueWithCancel;
import akka.stream.javadsl.Source;
import dev.baton.gateway.bridge.ModelSettings;
import dev.baton.gateway.bridge.ModelTarget;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.CallAttempt;
import dev.baton.persistence.ledger.CallEnd;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.CallRecord;
import dev.baton.persistence.ledger.Outcome;
import dev.baton.persistence.ledger.Target;
import dev.baton.runner.model.Attempt;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MeteredCallsTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Target TARGET = new Target("large", "cloud", "large-1", null);
    private static final ModelTarget MODEL = new ModelTarget("cloud", "large-1", ModelSettings.UNKNOWN);
    private static final Usage SOME = new Usage(10, 0, 0, 0);
    private static final Usage ALL = new Usage(10, 5, 0, 0);
    private static final ModelEvent USED = new ModelEvent.Used(SOME);
    private static final ModelEvent WORD = new ModelEvent.Streamed(new Part.Text("word"));
    private static final ModelEvent FINISHED = new ModelEvent.Finished(ModelEvent.FinishReason.STOP, ALL);

    private final List<Opening> openings = new CopyOnWriteArrayList<>();
    private final CompletableFuture<CallEnd> end = new CompletableFuture<>();
    private final CompletableFuture<Done> onDisk = new CompletableFuture<>();
    private final AtomicInteger sent = new AtomicInteger();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void passesTheEndOnWhenItIsOnDisk() {
        SinkQueueWithCancel<ModelEvent> events = run(Source.from(List.of(USED, WORD, FINISHED)));
        assertThat(get(events.pull())).contains(USED);
        assertThat(get(events.pull())).contains(WORD);
        CompletionStage<Optional<ModelEvent>> last = events.pull();
        assertThat(get(end)).isEqualTo(ended(Outcome.DONE, ALL));
        assertThat(last.toCompletableFuture()).isNotDone();
        onDisk.complete(Done.getInstance());
        assertThat(get(last)).contains(FINISHED);
        assertThat(get(events.pull())).isEmpty();
    }

    @Test
    void saysWhoAsksForWhat() {
        run(Source.empty());
        assertThat(get(end).outcome()).isEqualTo(Outcome.CANCELLED);
        Opening opening = openings.get(0);
        assertThat(opening.asker().owner()).isEqualTo("ada");
        assertThat(opening.target()).isEqualTo(TARGET);
        assertThat(opening.asker().attempt()).isEqualTo(new CallAttempt(3, 1, 2));
        assertThat(opening.prompt()).contains("hello you");
        assertThat(opening.characters().getAsLong()).isEqualTo(9);
    }

    @Test
    void recordsWhatWasCalledAndThought() {
        SinkQueueWithCancel<ModelEvent> events = run(Source.from(List.of(
                new ModelEvent.Streamed(new Part.Reasoning("let me ", null)),
                new ModelEvent.Streamed(new Part.Reasoning("see", null)),
                new ModelEvent.Streamed(new Part.ToolCall("c1", "look", "{}")),
                FINISHED)));
        for (int i = 0; i < 3; i++) {
            get(events.pull());
        }
        var unused = events.pull();
        assertThat(get(end).records())
                .containsExactly(CallRecord.reasoning("let me see"), CallRecord.toolCall("c1", "look", "{}"));
    }

    @Test
    void settlesWhatWasToldWhenTheRunnerGoesAway() {
        SinkQueueWithCancel<ModelEvent> events =
                run(Source.from(List.of(USED, WORD)).concat(Source.never()));
        get(events.pull());
        get(events.pull());
        events.cancel();
        assertThat(get(end)).isEqualTo(ended(Outcome.CANCELLED, SOME));
    }

    @Test
    void makesNoUsageUp() {
        SinkQueueWithCancel<ModelEvent> events = run(Source.single(WORD).concat(Source.never()));
        get(events.pull());
        events.cancel();
        assertThat(get(end).usage()).isNull();
    }

    @Test
    void cancelsACallThatNobodyWaitedFor() {
        var begun = new CompletableFuture<MeteredCall>();
        SinkQueueWithCancel<ModelEvent> events = run(Source.never(), opening -> begun);
        events.cancel();
        begun.complete(call());
        assertThat(get(end).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void aFailedCallHasFailed() {
        var failure = new Failure("too much", null, FailureKind.RATE_LIMIT, "cloud", true, 429);
        SinkQueueWithCancel<ModelEvent> events =
                run(Source.from(List.of(USED, WORD)).map(event -> {
                    if (event.equals(WORD)) {
                        throw new ModelException(failure, null, null);
                    }
                    return event;
                }));
        get(events.pull());
        assertThatThrownBy(() -> get(events.pull())).hasMessageContaining("too much");
        assertThat(get(end))
                .isEqualTo(new CallEnd(id(), Outcome.FAILED, "rate_limit", "too much", TARGET, SOME, NOW, List.of()));
    }

    @Test
    void sendsNothingWhenTheCallMayNotBegin() {
        var refusal = new ModelException(
                new Failure("no money", null, FailureKind.BUDGET_EXCEEDED, null, false, null), null, null);
        SinkQueueWithCancel<ModelEvent> events =
                run(Source.single(WORD), opening -> CompletableFuture.failedFuture(refusal));
        assertThatThrownBy(() -> get(events.pull()))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(refusal);
        assertThat(sent).hasValue(0);
    }

    private SinkQueueWithCancel<ModelEvent> run(Source<ModelEvent, NotUsed> answer) {
        return run(answer, this::begin);
    }

    private SinkQueueWithCancel<ModelEvent> run(Source<ModelEvent, NotUsed> answer, Meter meter) {
        return new MeteredCalls(meter)
                .around(MODEL, request(), sent(answer))
                .toMat(Sink.queue(), Keep.right())
                .run(KIT.system());
    }

    private CompletionStage<MeteredCall> begin(Opening opening) {
        openings.add(opening);
        return CompletableFuture.completedFuture(call());
    }

    private MeteredCall call() {
        return new MeteredCall(id(), TARGET, Clock.fixed(NOW, ZoneOffset.UTC), 100, progress -> {}, how -> {
            end.complete(how);
            return onDisk;
        });
    }

    private Source<ModelEvent, NotUsed> sent(Source<ModelEvent, NotUsed> answer) {
        return Source.lazySource(() -> {
                    sent.incrementAndGet();
                    return answer;
                })
                .mapMaterializedValue(made -> NotUsed.getInstance());
    }

    private static ModelRequest request() {
        var message = new Message(
                new MessageId(1),
                Role.USER,
                List.of(new Part.Text("hello "), new Part.Text("you")),
                1,
                NOW,
                false,
                null,
                null);
        return new ModelRequest(new ChatId(new UUID(0, 1)), "ada", "large", null, List.of(message), List.of())
                .madeIn(new Attempt(3, 1, 2));
    }

    private static CallEnd ended(Outcome outcome, Usage usage) {
        return new CallEnd(id(), outcome, null, null, TARGET, usage, NOW, List.of());
    }

    private static CallId id() {
        return new CallId(new UUID(0, 9));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }
}
