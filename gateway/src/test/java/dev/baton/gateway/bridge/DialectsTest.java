package dev.baton.gateway.bridge;

import static dev.baton.gateway.bridge.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import dev.baton.gateway.bridge.fake.FakeCallLog.Call;
import dev.baton.gateway.bridge.fake.FakeCallLog.End;
import dev.baton.gateway.bridge.fake.FakeProvider;
import dev.baton.gateway.bridge.fake.FakeText;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelEvent.Finished;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every dialect, over real sockets. Each test ends with no call open at the provider, nor in the bridge. */
class DialectsTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final List<String> DIALECTS = List.of("openai", "responses", "anthropic", "kept");
    private static final List<String> KEPT_OR_NOT = List.of("openai", "responses", "anthropic");

    private final FakeProvider fake = FakeProvider.start();
    private final Bridge bridge = Fakes.bridge(KIT.system(), CLOCK, """
            silence-timeout = 10 minutes
            breaker.failures = 1000000
            providers {
              openai { type = openai, base-url = "%1$s", api-keys = ["topsecret1"] }
              responses { type = openai-responses, base-url = "%1$s", api-keys = ["topsecret1"] }
              anthropic { type = anthropic, base-url = "%1$s", api-keys = ["topsecret1"] }
              kept { type = openai-responses, base-url = "%1$s", api-keys = ["topsecret1"], models {
                fake-20-0 { takeover = reattach }, fake-3-0 { takeover = reattach }
              } }
            }
            """.formatted(fake.baseUrl()));

    static Stream<String> dialects() {
        return DIALECTS.stream();
    }

    static Stream<String> dialectsAsTheyAre() {
        return KEPT_OR_NOT.stream();
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @AfterEach
    void leavesNothingOpen() throws Exception {
        bridge.close(LIMIT).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(bridge.openCalls()).isZero();
        if (fake.log().count() > 0) {
            fake.log().awaitAllEnded(LIMIT);
        }
        fake.close();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void streamsAnAnswerHoweverItIsCutIntoPieces(String dialect) throws Exception {
        for (String prompt : List.of("plain", "chunk=1", "chunk=7 think=2", "framing=close", "rate=500")) {
            var events = run(dialect, prompt);
            assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of(prompt, 20));
            Finished end = (Finished) Conversations.last(events);
            assertThat(end.reason()).isEqualTo(FinishReason.STOP);
            assertThat(end.usage().outputTokens()).isEqualTo(prompt.contains("think") ? 22 : 20);
            assertThat(end.usage().inputTokens()).isPositive();
        }
        assertThat(fake.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsOnly(End.WHOLE);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void yieldsToolCallsWhole(String dialect) throws Exception {
        var events = Fakes.run(
                KIT.system(),
                bridge,
                Conversations.offering(
                        Conversations.CLOCK,
                        asking(dialect + "/fake-20-0", "tool=clock args={\"zone\":\"UTC\"} chunk=5 think=1")));
        List<Part> parts = parts(events);
        assertThat(parts.get(parts.size() - 1)).isEqualTo(new Part.ToolCall("call_1_0", "clock", "{\"zone\":\"UTC\"}"));
        assertThat(((Finished) Conversations.last(events)).reason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @ParameterizedTest
    @MethodSource("dialectsAsTheyAre")
    void classifiesWhatGoesWrongAndShowsNoKey(String dialect) throws Exception {
        var expected = List.of(
                "status=401 leak=1:AUTH",
                "status=429 leak=1:RATE_LIMIT",
                "status=500 leak=1:GENERIC",
                "status=503:TIMEOUT",
                "status=529:OVERLOADED",
                "error=3 code=overloaded_error:OVERLOADED",
                "cut=900 reset=1:TIMEOUT",
                "cut=0:TIMEOUT");
        for (int i = 0; i < expected.size(); i++) {
            String[] each = expected.get(i).split(":", 2);
            var failing = Fakes.fail(KIT.system(), fresh(dialect), asking(dialect + "/fake-20-0", each[0]));
            var failure = failing.exception().failure();
            assertThat(failure.kind()).as(each[0]).isEqualTo(FailureKind.valueOf(each[1]));
            assertThat(failure.provider()).isEqualTo(dialect);
            assertThat(failing.exception() + " " + failure).doesNotContain("topsecret1");
        }
        assertThat(fake.log().calls()).allMatch(Call::authorized);
    }

    @ParameterizedTest
    @MethodSource("dialectsAsTheyAre")
    void neverTakesAnAnswerCutAtAnyByteForWhole(String dialect) throws Exception {
        String words = "tool=clock args={\"zone\":\"UTC\"} tokens=2 think=1 ";
        int length = 1150;
        List<List<ModelEvent>> endings = Source.from(IntStream.range(0, length)
                        .filter(i -> i % 9 == 0)
                        .boxed()
                        .toList())
                .mapAsync(
                        16,
                        cut -> bridge.call(Conversations.offering(
                                        Conversations.CLOCK,
                                        asking(
                                                dialect + "/fake-20-0",
                                                words + "cut=" + cut + (cut % 2 == 0 ? " framing=close" : ""))))
                                .recover(Throwable.class, () -> new ModelEvent.Streamed(new Part.Text("FAILED")))
                                .runWith(Sink.seq(), KIT.system()))
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        assertThat(endings).allSatisfy(events -> {
            if (events.stream().noneMatch(Finished.class::isInstance)) {
                assertThat(Conversations.textOf(events)).endsWith("FAILED");
                assertThat(parts(events)).noneMatch(Part.ToolCall.class::isInstance);
            } else {
                assertThat(dialect)
                        .as("only what ends before its usage is whole: %s", events)
                        .isEqualTo("openai");
                assertThat(events.stream().filter(Finished.class::isInstance)).hasSize(1);
                assertThat(parts(events)).contains(new Part.ToolCall(idOf(events), "clock", "{\"zone\":\"UTC\"}"));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void goesOnWhereAKeptAnswerWasCutAndElseFails(String dialect) throws Exception {
        if (!dialect.equals("kept")) {
            var failing = Fakes.fail(KIT.system(), bridge, asking(dialect + "/fake-20-0", "cut=1000"));
            assertThat(failing.exception().failure().kind()).isEqualTo(FailureKind.TIMEOUT);
            return;
        }
        List<Integer> cuts =
                IntStream.range(300, 3000).filter(i -> i % 37 == 0).boxed().toList();
        List<List<ModelEvent>> answers = Source.from(cuts)
                .mapAsync(
                        16,
                        cut -> bridge.call(asking("kept/fake-3-0", "cut=" + cut))
                                .runWith(Sink.seq(), KIT.system()))
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        for (int i = 0; i < cuts.size(); i++) {
            assertThat(Conversations.textOf(answers.get(i))).isEqualTo(FakeText.of("cut=" + cuts.get(i), 3));
        }
    }

    @ParameterizedTest
    @MethodSource("dialectsAsTheyAre")
    void closesTheConnectionWhenTheCallIsCancelled(String dialect) throws Exception {
        for (String prompt : List.of("silence=3", "delay=60000", "rate=1 tokens=1000", "tokens=1000000")) {
            TestSubscriber.Probe<ModelEvent> probe = bridge.call(asking(dialect + "/fake-20-0", prompt))
                    .runWith(TestSink.create(KIT.system()), KIT.system());
            probe.request(1);
            int calls = fake.log().count();
            fake.log().await(LIMIT, all -> all.stream().anyMatch(call -> call.end() == End.OPEN));
            probe.cancel();
            assertThat(fake.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsOnly(End.CANCELLED);
            assertThat(calls).isLessThanOrEqualTo(fake.log().count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"think=2"})
    void keepsTheSignaturesOfThoughts(String prompt) throws Exception {
        assertThat(parts(run("anthropic", prompt))).contains(new Part.Reasoning("", "anthropic:sig-1"));
        assertThat(parts(run("responses", prompt))).contains(new Part.Reasoning("", "openai:reasoning_2_0:sealed-2"));
    }

    @Test
    void tellsWhatAnthropicReadFromItsCacheAndWroteToIt() throws Exception {
        var usage = ((Finished) Conversations.last(run("anthropic", "hi"))).usage();
        assertThat(usage.inputTokens()).isEqualTo(1 + 3 + 2);
        assertThat(usage.cachedTokens()).isEqualTo(3);
        assertThat(usage.cacheWriteTokens()).isEqualTo(2);
    }

    private static String idOf(List<ModelEvent> events) {
        return parts(events).stream()
                .filter(Part.ToolCall.class::isInstance)
                .map(part -> ((Part.ToolCall) part).id())
                .findFirst()
                .orElse("");
    }

    private static List<Part> parts(List<ModelEvent> events) {
        var parts = new ArrayList<Part>();
        events.forEach(event -> {
            if (event instanceof ModelEvent.Streamed streamed) {
                parts.add(streamed.part());
            }
        });
        return parts;
    }

    /** One that has not learned anything yet. */
    private Bridge fresh(String dialect) {
        String type = dialect.equals("responses") ? "openai-responses" : dialect;
        return Fakes.bridge(
                KIT.system(),
                CLOCK,
                "providers.%s { type = %s, base-url = \"%s\", api-keys = [\"topsecret1\"] }"
                        .formatted(dialect, type, fake.baseUrl()));
    }

    private List<ModelEvent> run(String dialect, String prompt) throws Exception {
        return Fakes.run(KIT.system(), bridge, asking(dialect + "/fake-20-0", prompt));
    }
}
