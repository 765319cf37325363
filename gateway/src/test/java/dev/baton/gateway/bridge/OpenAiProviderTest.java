package dev.baton.gateway.bridge;

import static dev.baton.gateway.bridge.Conversations.asking;
import static dev.baton.gateway.bridge.Conversations.assistant;
import static dev.baton.gateway.bridge.Conversations.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import com.typesafe.config.ConfigFactory;
import dev.baton.gateway.bridge.fake.FakeCallLog.Call;
import dev.baton.gateway.bridge.fake.FakeCallLog.End;
import dev.baton.gateway.bridge.fake.FakeProvider;
import dev.baton.gateway.bridge.fake.FakeText;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.GoingOn;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelEvent.Finished;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialect over real sockets. Each test ends with no call open at the provider and none in the bridge. */
class OpenAiProviderTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FakeProvider fake = FakeProvider.start();
    private final Bridge bridge = bridge(fake.baseUrl(), "10 minutes", "[\"topsecret1\"]");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @AfterEach
    void leavesNothingOpen() throws Exception {
        bridge.close(LIMIT).toCompletableFuture().get(15, TimeUnit.SECONDS);
        assertThat(bridge.openCalls()).isZero();
        if (fake.log().count() > 0) {
            fake.log().awaitAllEnded(LIMIT);
        }
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "chunk=1", "chunk=7", "framing=close", "think=2", "rate=500"})
    void streamsAnAnswer(String prompt) throws Exception {
        var events = run(asking("fake-20-0", prompt));
        assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of(prompt, 20));
        int thoughts = prompt.startsWith("think") ? 2 : 0;
        assertThat(Conversations.last(events))
                .isEqualTo(new Finished(FinishReason.STOP, new Usage(1, 20 + thoughts, 0, 0)));
        assertThat(fake.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsExactly(End.WHOLE);
    }

    @Test
    void sendsABeginningForTheServerToGoOnFrom() throws Exception {
        String whole = FakeText.of("hi", 20);
        var events = run(asking("fake-20-0", user("hi"), assistant(whole.substring(0, 33))));
        assertThat(Conversations.textOf(events)).isEqualTo(whole.substring(33));
    }

    @Test
    void sendsWhatWasSaidBeforeForTheServerToGoOnFrom() throws Exception {
        String whole = FakeText.of("hi", 20);
        var said = List.<Part>of(
                new Part.Reasoning("hm", null),
                new Part.Text(whole.substring(0, 10)),
                new Part.Text(whole.substring(10, 33)));
        var events = run(asking("fake-20-0", user("hi")).goingOn(new GoingOn.FromPrefix(said)));
        assertThat(Conversations.textOf(events)).isEqualTo(whole.substring(33));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "mistral", "deepseek"})
    void asksForTheRestAsTheServerWantsIt(String server) throws Exception {
        String prompt = "goes-on=" + server;
        String whole = FakeText.of(prompt, 20);
        var said = new GoingOn.FromPrefix(List.of(new Part.Text(whole.substring(0, 33))));
        var events = run(asking("for-" + server, prompt).goingOn(said));
        assertThat(Conversations.textOf(events)).isEqualTo(whole.substring(33));
    }

    @Test
    void yieldsToolCallsWhole() throws Exception {
        var events = run(Conversations.offering(
                Conversations.CLOCK, asking("fake-20-0", "tool=clock args={\"zone\":\"UTC\"} chunk=5")));
        assertThat(events)
                .containsExactly(
                        new ModelEvent.Streamed(new Part.ToolCall("call_1_0", "clock", "{\"zone\":\"UTC\"}")),
                        new Finished(FinishReason.TOOL_CALLS, new Usage(1, 2, 0, 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "status=401,AUTH,false",
        "status=429,RATE_LIMIT,true",
        "status=429 code=insufficient_quota,USAGE_LIMIT,false",
        "status=404 code=model_not_found,CONFIG,false",
        "status=400 code=context_length_exceeded,CONFIG,false",
        "status=500,GENERIC,true",
        "status=503,TIMEOUT,true",
        "status=529,OVERLOADED,true",
        "error=3 code=overloaded_error,OVERLOADED,true",
        "cut=900,TIMEOUT,true",
        "cut=900 reset=1,TIMEOUT,true",
        "cut=900 framing=close,TIMEOUT,true",
        "cut=0,TIMEOUT,true",
    })
    void classifiesWhatGoesWrong(String prompt, FailureKind kind, boolean retryable) {
        Failure failure = failureOf(prompt).failure();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.provider()).isEqualTo("local");
    }

    @Test
    void passesOnHowLongTheProviderWantsToBeLeftAlone() {
        assertThat(failureOf("one", "status=429 retry-after=7").retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failureOf("two", "status=503 retry-after=Thu,_01_Jan_2026_00:01:00_GMT")
                        .retryAfter())
                .contains(Duration.ofMinutes(1));
        assertThat(failureOf("three", "status=429 retry-after=7 retry-after-ms=20")
                        .retryAfter())
                .contains(Duration.ofMillis(20));
    }

    @Test
    void neverShowsTheKey() {
        Failure failure = failureOf("status=401 leak=1").failure();
        assertThat(failure.detail()).contains("scripted status 401").doesNotContain("topsecret1");
        assertThat(fake.log().calls()).extracting(Call::authorized).containsExactly(true);
    }

    @Test
    void sendsNoAuthorizationWithoutAKey() throws Exception {
        var keyless = bridge(fake.baseUrl(), "10 minutes", "[]");
        run(keyless, asking("fake-2-0", "hi"));
        assertThat(fake.log().calls()).extracting(Call::authorized).containsExactly(false);
    }

    @Test
    void saysThatAProviderCannotBeReached() {
        var nowhere = bridge(URI.create("http://127.0.0.1:1/v1"), "10 minutes", "[]");
        var failure = Conversations.modelFailure(catchThrowable(() -> run(nowhere, asking("m", "hi"))))
                .failure();
        assertThat(failure.message()).isEqualTo("local cannot be reached right now");
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence=3", "silence=0", "silence=3 comments=5", "delay=60000"})
    void failsWhenTheModelIsSilent(String prompt) throws Exception {
        var impatient = bridge(fake.baseUrl(), "100 ms", "[]");
        var failure = Conversations.modelFailure(catchThrowable(() -> run(impatient, asking("fake-20-0", prompt))));
        assertThat(failure.failure().kind()).isEqualTo(FailureKind.STREAM_SILENCE_TIMEOUT);
        assertThat(failure.failure().retryable()).isTrue();
        assertThat(fake.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsExactly(End.CANCELLED);
    }

    @Test
    void keepsTheConnectionOfAWholeAnswerForTheNextCall() throws Exception {
        for (int call = 1; call <= 3; call++) {
            var events = run(asking("fake-20-0", "call " + call));
            assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of("call " + call, 20));
        }
        assertThat(fake.connections()).isEqualTo(1);
    }

    @Test
    void connectsAgainWhenTheProviderHasClosedWhatWasKept() throws Exception {
        var before = run(asking("fake-20-0", "one"));
        assertThat(before).isNotEmpty();
        fake.cutConnections();
        var events = run(asking("fake-20-0", "two"));
        assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of("two", 20));
        assertThat(fake.connections()).isEqualTo(2);
        assertThat(fake.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsExactly(End.WHOLE, End.WHOLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence=3", "delay=60000", "rate=1 tokens=1000", "tokens=1000000"})
    void closesTheConnectionWhenTheCallIsCancelled(String prompt) throws Exception {
        TestSubscriber.Probe<ModelEvent> probe =
                bridge.call(asking("fake-20-0", prompt)).runWith(TestSink.create(KIT.system()), KIT.system());
        probe.request(1);
        fake.log().await(LIMIT, calls -> !calls.isEmpty());
        probe.cancel();
        assertThat(fake.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsExactly(End.CANCELLED);
    }

    @Test
    void letsASlowReaderSlowTheProviderDown() throws Exception {
        int plenty = 1_000_000;
        TestSubscriber.Probe<ModelEvent> probe = bridge.call(asking("fake-20-0", "tokens=" + plenty))
                .runWith(TestSink.create(KIT.system()), KIT.system());
        probe.request(5);
        probe.expectNextN(5);
        run(asking("fake-40-200", "passes the time"));
        Call slow = fake.log().calls().get(0);
        assertThat(slow.end()).isEqualTo(End.OPEN);
        assertThat(slow.tokens()).isLessThan(plenty / 2);
        probe.cancel();
    }

    @Test
    void runsManyCallsAtOnce() throws Exception {
        int many = 200;
        List<CompletionStage<List<ModelEvent>>> answers = IntStream.range(0, many)
                .mapToObj(i -> bridge.call(asking("fake-30-100", "chat " + i)).runWith(Sink.seq(), KIT.system()))
                .toList();
        for (int i = 0; i < many; i++) {
            var events = answers.get(i).toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of("chat " + i, 30));
        }
        assertThat(fake.log().awaitAllEnded(LIMIT)).allMatch(call -> call.end() == End.WHOLE);
    }

    @Test
    void neverTakesAnAnswerCutAtAnyByteForWhole() throws Exception {
        int length = 700;
        List<Integer> cuts =
                IntStream.range(0, length).filter(i -> i % 3 == 0).boxed().toList();
        List<List<ModelEvent>> endings = Source.from(cuts)
                .mapAsync(16, cut -> {
                    String framing = cut % 2 == 0 ? "framing=close" : "framing=chunked";
                    return bridge.call(asking("fake-20-0", "cut=" + cut + " " + framing))
                            .recover(Throwable.class, () -> new ModelEvent.Streamed(new Part.Text("FAILED")))
                            .runWith(Sink.seq(), KIT.system());
                })
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        assertThat(endings)
                .hasSize(cuts.size())
                .allSatisfy(events -> assertThat(Conversations.textOf(events)).endsWith("FAILED"));
    }

    private ModelException failureOf(String model, String prompt) {
        return Conversations.modelFailure(catchThrowable(() -> run(asking("local/" + model, prompt))));
    }

    private ModelException failureOf(String prompt) {
        return Conversations.modelFailure(catchThrowable(() -> run(asking("fake-20-0", prompt))));
    }

    private List<ModelEvent> run(ModelRequest request) throws Exception {
        return run(bridge, request);
    }

    private static List<ModelEvent> run(Bridge bridge, ModelRequest request) throws Exception {
        return new ArrayList<>(bridge.call(request)
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS));
    }

    private static Bridge bridge(URI baseUrl, String silenceTimeout, String keys) {
        var own = ConfigFactory.parseString("""
                baton.bridge {
                  silence-timeout = %s
                  breaker.failures = 1000000
                  providers.local { type = openai, base-url = "%s", api-keys = %s,
                    models { fake-20-0 { takeover = continue }, one {}, two {}, three {}, m {}, fake-2-0 {}, fake-40-200 {}, fake-30-100 {} } }
                  providers.marked { type = openai, base-url = "%s", models {
                    for-vllm { takeover = continue, continue-with = vllm }
                    for-mistral { takeover = continue, continue-with = mistral }
                    for-deepseek { takeover = continue, continue-with = deepseek }
                  } }
                }
                """.formatted(silenceTimeout, baseUrl, keys, baseUrl));
        return Bridge.create(
                KIT.system(), BridgeSettings.from(own.withFallback(ConfigFactory.defaultReference())), CLOCK);
    }
}
