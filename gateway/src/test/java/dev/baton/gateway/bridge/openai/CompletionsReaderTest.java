package dev.baton.gateway.bridge.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import akka.util.ByteString;
import dev.baton.gateway.bridge.Conversations;
import dev.baton.gateway.bridge.provider.AnswerDecoder;
import dev.baton.gateway.bridge.provider.ProviderFailures;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Parts;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelEvent.Finished;
import dev.baton.runner.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionsReaderTest {
    private static final String WHOLE = ": waiting\n\n"
            + delta("{\"role\":\"assistant\",\"content\":\"\"}", null)
            + delta("{\"reasoning_content\":\"hm\"}", null)
            + delta("{\"content\":\"Größe \"}", null)
            + delta("{\"content\":\"🙂\"}", null)
            + delta(
                    "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"clock\",\"arguments\":\"{\"}}]}",
                    null)
            + delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]}", null)
            + delta("{}", "tool_calls")
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":2},\"completion_tokens_details\":{\"reasoning_tokens\":1}}}\n\n"
            + "data: [DONE]\n\n";
    private static final List<Part> PARTS =
            List.of(new Part.Reasoning("hm", null), new Part.Text("Größe 🙂"), new Part.ToolCall("c1", "clock", "{}"));

    private static final int MAX_PIECE = 16_384;

    private final List<ModelEvent> events = new ArrayList<>();

    @Test
    void readsTheSameWhereverTheStreamIsCutInTwo() {
        byte[] bytes = WHOLE.getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            events.clear();
            var decoder = decoder();
            decoder.accept(ByteString.fromArray(Arrays.copyOf(bytes, cut)), events);
            decoder.accept(ByteString.fromArray(Arrays.copyOfRange(bytes, cut, bytes.length)), events);
            decoder.end(null, events);
            assertThat(parts()).as("cut after %d bytes", cut).isEqualTo(PARTS);
            assertThat(Conversations.last(events))
                    .isEqualTo(new Finished(FinishReason.TOOL_CALLS, new Usage(5, 3, 2, 1)));
        }
    }

    @Test
    void neverTakesATruncatedStreamForWhole() {
        byte[] bytes = WHOLE.getBytes(UTF_8);
        int finished =
                WHOLE.substring(0, WHOLE.indexOf("data: {\"choices\":[],")).getBytes(UTF_8).length;
        for (int length = 0; length < bytes.length; length++) {
            events.clear();
            var decoder = decoder();
            decoder.accept(ByteString.fromArray(Arrays.copyOf(bytes, length)), events);
            if (length < finished) {
                assertThat(failureAtEnd(decoder)).as("%d bytes", length).isEqualTo(FailureKind.TIMEOUT);
                assertThat(events)
                        .noneMatch(Finished.class::isInstance)
                        .noneMatch(event -> event instanceof ModelEvent.Streamed streamed
                                && streamed.part() instanceof Part.ToolCall);
            } else {
                decoder.end(null, events);
                assertThat(parts()).isEqualTo(PARTS);
            }
        }
    }

    @Test
    void joinsWhatArrivesTogether() {
        accept(delta("{\"content\":\"a\"}", null) + delta("{\"content\":\"b\"}", null));
        assertThat(events).containsExactly(new ModelEvent.Streamed(new Part.Text("ab")));
    }

    @Test
    void splitsAPieceThatIsTooLongForOnePart() {
        String text = "🙂".repeat(MAX_PIECE) + "x";
        accept(delta("{\"content\":\"" + text + "\"}", null));
        assertThat(events)
                .hasSizeGreaterThan(1)
                .allSatisfy(event -> assertThat(Conversations.textOf(List.of(event)))
                        .hasSizeLessThanOrEqualTo(MAX_PIECE)
                        .doesNotContain("?"));
        assertThat(Conversations.textOf(events)).isEqualTo(text);
    }

    @Test
    void yieldsWhatCameBeforeAnErrorInTheStream() {
        var failure = failureOf(delta("{\"content\":\"so far\"}", null)
                + "data: {\"error\":{\"message\":\"slow down\",\"code\":429}}\n\n"
                + delta("{\"content\":\"never\"}", null));
        assertThat(failure.failure().kind()).isEqualTo(FailureKind.RATE_LIMIT);
        assertThat(failure.failure().statusCode()).isEqualTo(429);
        assertThat(Conversations.textOf(events)).isEqualTo("so far");
    }

    @Test
    void readsAnErrorEventWithoutItsUsualWrapper() {
        assertThat(failureOf("event: error\ndata: {\"message\":\"Overloaded\"}\n\n")
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.OVERLOADED);
        assertThat(failureOf("data: {\"error\":\"server_error\"}\n\n").failure().retryable())
                .isTrue();
    }

    @Test
    void isWholeWithTheFinishReasonEvenIfTheConnectionBreaksAfterIt() {
        var decoder = decoder();
        decoder.accept(bytes(delta("{\"content\":\"a\"}", "stop")), events);
        decoder.end(new java.io.IOException("reset"), events);
        assertThat(Conversations.last(events)).isEqualTo(new Finished(FinishReason.STOP, Usage.NONE));
    }

    @Test
    void isNotWholeWithoutAFinishReasonEvenIfTheStreamSaysDone() {
        assertThat(failureOf(delta("{\"content\":\"a\"}", null) + "data: [DONE]\n\n")
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void dropsAToolCallThatTheLengthLimitCutOff() {
        accept(delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                                + "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\"}}]}",
                        "length")
                + "data: [DONE]\n\n");
        assertThat(parts()).containsExactly(new Part.ToolCall("a", "f", "{}"));
        assertThat(Conversations.last(events)).isEqualTo(new Finished(FinishReason.LENGTH, Usage.NONE));
    }

    @Test
    void triesAgainWhenAToolCallIsNoJson() {
        var failure = failureOf(delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\","
                                + "\"arguments\":\"{oops\"}}]}",
                        "tool_calls")
                + "data: [DONE]\n\n");
        assertThat(failure.failure().retryable()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void tellsParallelCallsApartWhateverTheServerMakesOfTheirIndex() {
        accept(delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}",
                        null)
                + delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]}",
                        "stop")
                + delta("{}", null)
                + "data: [DONE]\n\n");
        assertThat(parts()).containsExactly(new Part.ToolCall("a", "f", "{}"), new Part.ToolCall("b", "g", "{}"));
        assertThat(Conversations.last(events)).isEqualTo(new Finished(FinishReason.TOOL_CALLS, Usage.NONE));
    }

    @Test
    void namesCallsThatTheServerLeftUnnamed() {
        accept(delta("{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]}", "tool_calls")
                + "data: [DONE]\n\n");
        assertThat(parts()).containsExactly(new Part.ToolCall("call_m7_0", "f", "{\"a\":1}"));
    }

    @Test
    void failsWhenTheContentFilterLeftNothing() {
        assertThat(failureOf(delta("{}", "content_filter") + "data: [DONE]\n\n")
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.CONTENT_FILTER);
    }

    @Test
    void doesNotTakeCommentsForTheModel() {
        var decoder = decoder();
        decoder.accept(bytes(": keep-alive\n\n: keep-alive\n\n"), events);
        assertThat(decoder.heard()).isZero();
        decoder.accept(bytes(delta("{}", null)), events);
        assertThat(decoder.heard()).isEqualTo(1);
    }

    @Test
    void failsOnAnEndlessLine() {
        var decoder = decoder();
        var piece = ByteString.fromArray(new byte[600_000]);
        decoder.accept(piece, events);
        assertThatExceptionOfType(ModelException.class).isThrownBy(() -> decoder.accept(piece, events));
    }

    private void accept(String stream) {
        decoder().accept(bytes(stream), events);
    }

    private ModelException failureOf(String stream) {
        try {
            accept(stream);
        } catch (ModelException failure) {
            return failure;
        }
        throw new AssertionError("did not fail: " + events);
    }

    private FailureKind failureAtEnd(AnswerDecoder decoder) {
        try {
            decoder.end(null, events);
        } catch (ModelException failure) {
            assertThat(failure.failure().retryable()).isTrue();
            return failure.failure().kind();
        }
        throw new AssertionError("taken for whole: " + events);
    }

    private List<Part> parts() {
        return Parts.joined(events.stream()
                .filter(ModelEvent.Streamed.class::isInstance)
                .map(event -> ((ModelEvent.Streamed) event).part())
                .toList());
    }

    private static AnswerDecoder decoder() {
        var failures = new ProviderFailures("local", List.of());
        return new AnswerDecoder(failures, new CompletionsReader(failures, "call_m7"));
    }

    private static ByteString bytes(String text) {
        return ByteString.fromArray(text.getBytes(UTF_8));
    }

    private static String delta(String delta, @org.jspecify.annotations.Nullable String finish) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
                .formatted(delta, finish == null ? "null" : "\"" + finish + "\"");
    }
}
