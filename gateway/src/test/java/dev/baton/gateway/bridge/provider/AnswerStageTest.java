package dev.baton.gateway.bridge.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.japi.Pair;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.Conversations;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelEvent.Finished;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AnswerStageTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(80);
    private static final ModelEvent A = new ModelEvent.Streamed(new Part.Text("a"));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void asksForBytesOnlyWhenAllBeforeIsTaken() {
        var asked = new AtomicInteger();
        var failures = new ProviderFailures("local", List.of());
        ByteString two = bytes(delta("a") + "data: {\"thought\":\"b\"}\n\n");
        var events = Source.unfold(0, n -> Optional.of(Pair.create(asked.incrementAndGet(), two)))
                .via(new AnswerStage(() -> new AnswerDecoder(failures, new OneWord()), failures, LONG))
                .runWith(TestSink.create(KIT.system()), KIT.system());
        for (int i = 0; i < 10; i++) {
            assertThat(events.requestNext()).isEqualTo(A);
            assertThat(asked).hasValue(i + 1);
            events.requestNext();
            assertThat(asked).hasValue(i + 1);
        }
        events.cancel();
    }

    @Test
    void readsTheRestWhenTheAnswerIsWholeSoThatTheConnectionCanBeKept() {
        var flow = new Flow(LONG);
        whole(flow);
        flow.bytes.sendNext(bytes("\n"));
        flow.bytes.sendComplete();
        flow.events.expectComplete();
    }

    @Test
    void leavesAProviderThatDoesNotEndAWholeAnswer() {
        var flow = new Flow(LONG);
        whole(flow);
        flow.bytes.expectCancellation();
        flow.events.expectComplete();
    }

    @Test
    void leavesAProviderThatGoesOnAfterAWholeAnswer() {
        var flow = new Flow(LONG);
        whole(flow);
        flow.bytes.sendNext(bytes(": ".repeat(40_000)));
        flow.bytes.expectCancellation();
        flow.events.expectComplete();
    }

    private static void whole(Flow flow) {
        flow.events.request(1);
        flow.bytes.sendNext(bytes(delta("a") + finish() + "data: [DONE]\n\n"));
        assertThat(flow.events.expectNext()).isEqualTo(A);
        assertThat(flow.events.requestNext()).isEqualTo(new Finished(FinishReason.STOP, Usage.NONE));
    }

    @Test
    void yieldsWhatCameBeforeABreak() {
        var flow = new Flow(LONG);
        flow.events.request(1);
        flow.bytes.sendNext(bytes(delta("a")));
        flow.bytes.sendError(new IOException("reset"));
        assertThat(flow.events.expectNext()).isEqualTo(A);
        assertThat(kindOfEnd(flow)).isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void failsWhenTheModelIsSilent() {
        var flow = new Flow(SHORT);
        flow.events.request(2);
        flow.bytes.sendNext(bytes(delta("a")));
        assertThat(flow.events.expectNext()).isEqualTo(A);
        assertThat(kindOfEnd(flow)).isEqualTo(FailureKind.STREAM_SILENCE_TIMEOUT);
        flow.bytes.expectCancellation();
    }

    @Test
    void takesSilenceAfterTheFinishReasonForTheEnd() {
        var flow = new Flow(SHORT);
        flow.events.request(2);
        flow.bytes.sendNext(bytes(finish()));
        assertThat(flow.events.expectNext()).isEqualTo(new Finished(FinishReason.STOP, Usage.NONE));
        flow.events.expectComplete();
    }

    @Test
    void doesNotCountTheTimeInWhichNothingIsAskedFor() {
        var flow = new Flow(SHORT);
        flow.events.request(1);
        flow.bytes.sendNext(bytes(delta("a")));
        assertThat(flow.events.expectNext()).isEqualTo(A);
        flow.events.expectNoMessage(scala.concurrent.duration.Duration.apply(300, TimeUnit.MILLISECONDS));
        flow.events.request(1);
        flow.bytes.sendNext(bytes(delta("a")));
        assertThat(flow.events.expectNext()).isEqualTo(A);
    }

    private static FailureKind kindOfEnd(Flow flow) {
        return Conversations.modelFailure(flow.events.expectError()).failure().kind();
    }

    private static ByteString bytes(String text) {
        return ByteString.fromArray(text.getBytes(UTF_8));
    }

    private static String delta(String text) {
        return "data: {\"word\":\"%s\"}\n\n".formatted(text);
    }

    private static String finish() {
        return "data: {\"end\":true}\n\n";
    }

    /** A dialect as small as one can be. */
    private static final class OneWord implements EventReader {
        @Override
        public void read(String type, JsonNode event, AnswerDraft draft) {
            draft.text(event.path("word").asText(""));
            draft.reasoning(event.path("thought").asText(""));
            if (event.path("end").asBoolean()) {
                draft.finish(FinishReason.STOP);
            }
        }
    }

    private static final class Flow {
        private final TestPublisher.Probe<ByteString> bytes;
        private final TestSubscriber.Probe<ModelEvent> events;

        Flow(Duration silenceTimeout) {
            var failures = new ProviderFailures("local", List.of());
            var ends = TestSource.<ByteString>create(KIT.system())
                    .via(new AnswerStage(() -> new AnswerDecoder(failures, new OneWord()), failures, silenceTimeout))
                    .toMat(TestSink.create(KIT.system()), Keep.both())
                    .run(KIT.system());
            this.bytes = ends.first();
            this.events = ends.second();
        }
    }
}
