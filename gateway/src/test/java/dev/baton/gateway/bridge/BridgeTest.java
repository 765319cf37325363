package dev.baton.gateway.bridge;

import static dev.baton.gateway.bridge.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import com.typesafe.config.ConfigFactory;
import dev.baton.gateway.bridge.provider.Provider;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelEvent.Finished;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BridgeTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Finished FINISHED = new Finished(FinishReason.STOP, Usage.NONE);

    private final ScriptedProvider provider = new ScriptedProvider();
    private final Bridge bridge = new Bridge(KIT.system(), settings(""), Map.of("simulated", provider), CLOCK);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void makesACallOnlyWhenItsStreamIsRun() throws Exception {
        var call = bridge.call(asking("default", "hi"));
        assertThat(bridge.openCalls()).isZero();
        var unused = run(call);
        assertThat(bridge.openCalls()).isEqualTo(1);
    }

    @Test
    void refusesAModelThatNobodyHas() {
        Failure failure = failureOf(run(bridge.call(asking("nobody", "hi"))));
        assertThat(failure.kind()).isEqualTo(FailureKind.CONFIG);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.message()).isEqualTo("there is no model named nobody; check model and provider");
        assertThat(bridge.openCalls()).isZero();
    }

    @Test
    void refusesTheModelsOfADisabledProvider() {
        var disabled = Bridge.create(KIT.system(), settings("baton.bridge.providers.simulated.enabled = false"), CLOCK);
        assertThat(failureOf(run(disabled.call(asking("default", "hi")))).kind())
                .isEqualTo(FailureKind.PROVIDER_DISABLED);
    }

    @Test
    void classifiesWhatNobodyForesaw() throws Exception {
        var answer = run(bridge.call(asking("default", "hi")));
        provider.awaitCall().sendError(new IllegalStateException("a bug"));
        Failure failure = failureOf(answer);
        assertThat(failure.kind()).isEqualTo(FailureKind.GENERIC);
        assertThat(failure.retryable()).isFalse();

        Bridge broken = new Bridge(
                KIT.system(),
                settings(""),
                Map.of("simulated", call -> {
                    throw new IllegalStateException("a bug");
                }),
                CLOCK);
        assertThat(failureOf(run(broken.call(asking("default", "hi")))).kind()).isEqualTo(FailureKind.GENERIC);
        broken.close(LONG).toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertThat(broken.openCalls()).isZero();
    }

    @Test
    void closesAtOnceWhenNothingIsUnderWay() {
        assertThat(bridge.close(LONG).toCompletableFuture()).isCompletedWithValue(Done.getInstance());
    }

    @Test
    void waitsForACallUnderWay() throws Exception {
        var answer = run(bridge.call(asking("default", "hi")));
        var closed = bridge.close(LONG).toCompletableFuture();
        assertThat(closed).isNotDone();

        provider.finish();
        assertThat(answer.get(5, TimeUnit.SECONDS)).containsExactly(FINISHED);
        assertThat(closed).isNotDone();
        provider.release();
        assertThat(closed.get(5, TimeUnit.SECONDS)).isEqualTo(Done.getInstance());
        assertThat(bridge.openCalls()).isZero();
    }

    @Test
    void refusesNewcomersFromTheFirstMoment() throws Exception {
        var prepared = bridge.call(asking("default", "prepared before"));
        var unused = run(bridge.call(asking("default", "hi")));
        var closed = bridge.close(LONG).toCompletableFuture();

        for (var call : List.of(prepared, bridge.call(asking("default", "made after")))) {
            Failure failure = failureOf(run(call));
            assertThat(failure.kind()).isEqualTo(FailureKind.GENERIC);
            assertThat(failure.retryable()).isTrue();
            assertThat(failure.message()).contains("the bridge is closing");
        }
        assertThat(provider.calls()).isEqualTo(1);
        assertThat(closed).isNotDone();
        provider.finish();
        provider.release();
        closed.get(5, TimeUnit.SECONDS);
    }

    @Test
    void cancelsAtTheLimitWhatIsStillUnderWayAndWaitsUntilItIsGone() throws Exception {
        var answer = run(bridge.call(asking("default", "hi")));
        var closed = bridge.close(Duration.ofMillis(1)).toCompletableFuture();

        provider.expectCancellation();
        assertThat(failureOf(answer).message()).contains("the bridge is closing");
        assertThat(closed).isNotDone();
        provider.release();
        closed.get(5, TimeUnit.SECONDS);
    }

    @Test
    void closesOnceHoweverManyCloseItAndTheShortestLimitCounts() throws Exception {
        var unused = run(bridge.call(asking("default", "hi")));
        var start = new CountDownLatch(1);
        var closers = new ArrayList<CompletableFuture<Done>>();
        for (Duration limit : List.of(LONG, Duration.ZERO, LONG, Duration.ofMillis(1))) {
            closers.add(CompletableFuture.runAsync(() -> await(start))
                    .thenCompose(started -> bridge.close(limit).toCompletableFuture()));
        }
        start.countDown();

        provider.expectCancellation();
        assertThat(closers).noneMatch(CompletableFuture::isDone);
        provider.release();
        for (var closer : closers) {
            assertThat(closer.get(5, TimeUnit.SECONDS)).isEqualTo(Done.getInstance());
        }
        assertThat(bridge.close(LONG).toCompletableFuture()).isCompleted();
    }

    @Test
    void isLeftByACallThatItsCallerCancels() throws Exception {
        var probe = bridge.call(asking("default", "hi")).runWith(TestSink.create(KIT.system()), KIT.system());
        probe.ensureSubscription();
        provider.awaitCall();
        probe.cancel();
        provider.expectCancellation();
        provider.release();
        bridge.close(LONG).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private CompletableFuture<List<ModelEvent>> run(Source<ModelEvent, ?> call) {
        var answer = call.runWith(Sink.<ModelEvent>seq(), KIT.system()).toCompletableFuture();
        CompletableFuture.anyOf(provider.started, answer.exceptionally(failed -> List.of()))
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
        return answer;
    }

    private static Failure failureOf(CompletableFuture<?> answer) {
        return Conversations.modelFailure(catchThrowable(() -> answer.get(5, TimeUnit.SECONDS)))
                .failure();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static BridgeSettings settings(String own) {
        return BridgeSettings.from(ConfigFactory.parseString(own).withFallback(ConfigFactory.defaultReference()));
    }

    /** One call, played by the test; what it holds is let go only by {@link #release()}. */
    private static final class ScriptedProvider implements Provider {
        private final CompletableFuture<TestPublisher.Probe<ModelEvent>> started = new CompletableFuture<>();
        private final CompletableFuture<Done> gone = new CompletableFuture<>();
        private final java.util.concurrent.atomic.AtomicInteger calls = new java.util.concurrent.atomic.AtomicInteger();

        @Override
        public Source<ModelEvent, CompletionStage<Done>> call(ProviderCall call) {
            calls.incrementAndGet();
            return TestSource.<ModelEvent>create(KIT.system()).mapMaterializedValue(probe -> {
                started.complete(probe);
                return gone;
            });
        }

        int calls() {
            return calls.get();
        }

        TestPublisher.Probe<ModelEvent> awaitCall() throws Exception {
            return started.get(5, TimeUnit.SECONDS);
        }

        void finish() throws Exception {
            awaitCall().sendNext(FINISHED).sendComplete();
        }

        void expectCancellation() throws Exception {
            awaitCall().expectCancellation();
        }

        void release() {
            gone.complete(Done.getInstance());
        }
    }
}
