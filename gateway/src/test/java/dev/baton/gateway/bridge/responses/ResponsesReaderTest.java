package dev.baton.gateway.bridge.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesReaderTest {
    private static final String USAGE = "\"usage\":{\"input_tokens\":5,\"output_tokens\":3,"
            + "\"input_tokens_details\":{\"cached_tokens\":2},\"output_tokens_details\":{\"reasoning_tokens\":1}}";
    private static final List<String> EVENTS = List.of(
            event(0, "response.created", "\"response\":{\"id\":\"resp_1\",\"status\":\"queued\"}"),
            event(1, "response.in_progress", "\"response\":{\"id\":\"resp_1\"}"),
            event(2, "response.output_item.added", "\"item\":{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}"),
            event(3, "response.reasoning_summary_part.added", "\"summary_index\":0"),
            event(4, "response.reasoning_summary_text.delta", "\"delta\":\"hm\""),
            event(5, "response.reasoning_summary_part.added", "\"summary_index\":1"),
            event(6, "response.reasoning_summary_text.delta", "\"delta\":\"so\""),
            event(
                    7,
                    "response.output_item.done",
                    "\"item\":{\"type\":\"reasoning\",\"id\":\"rs_1\",\"encrypted_content\":\"gAA=\"}"),
            event(8, "response.output_item.added", "\"item\":{\"type\":\"message\"}"),
            event(9, "response.output_text.delta", "\"delta\":\"Größe \""),
            event(10, "response.output_text.delta", "\"delta\":\"🙂\""),
            event(11, "response.output_text.done", "\"text\":\"Größe 🙂\""),
            event(12, "response.output_item.done", "\"item\":{\"type\":\"message\"}"),
            event(13, "response.output_item.added", "\"item\":{\"type\":\"function_call\",\"arguments\":\"\"}"),
            event(14, "response.function_call_arguments.delta", "\"delta\":\"{\""),
            event(15, "response.output_item.done", call("c1")),
            event(16, "response.output_item.done", call("c2")),
            event(
                    17,
                    "response.completed",
                    "\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":[{\"type\":\"function_call\"}],"
                            + USAGE + "}"));
    private static final String WHOLE = String.join("", EVENTS);
    private static final List<Part> PARTS = List.of(
            new Part.Reasoning("hm\n\nso", "openai:rs_1:gAA="),
            new Part.Text("Größe 🙂"),
            new Part.ToolCall("c1", "clock", "{\"zone\":\"UTC\"}"),
            new Part.ToolCall("c2", "clock", "{\"zone\":\"UTC\"}"));
    private static final Finished FINISHED = new Finished(FinishReason.TOOL_CALLS, new Usage(5, 3, 2, 1));

    private final List<ModelEvent> events = new ArrayList<>();

    @Test
    void readsTheSameWhereverTheStreamIsCutInTwo() {
        byte[] bytes = WHOLE.getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            events.clear();
            var decoder = decoder(true, Optional.empty());
            decoder.accept(ByteString.fromArray(Arrays.copyOf(bytes, cut)), events);
            decoder.accept(ByteString.fromArray(Arrays.copyOfRange(bytes, cut, bytes.length)), events);
            decoder.end(null, events);
            assertThat(parts(events)).as("cut after %d bytes", cut).isEqualTo(PARTS);
            assertThat(Conversations.last(events)).isEqualTo(FINISHED);
        }
    }

    @Test
    void neverTakesATruncatedStreamForWhole() {
        byte[] bytes = WHOLE.getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            events.clear();
            var decoder = decoder(true, Optional.empty());
            decoder.accept(ByteString.fromArray(Arrays.copyOf(bytes, length)), events);
            assertThat(failureAtEnd(decoder)).as("%d bytes", length).isEqualTo(FailureKind.TIMEOUT);
            assertThat(events)
                    .noneMatch(Finished.class::isInstance)
                    .noneMatch(event ->
                            event instanceof ModelEvent.Streamed streamed && streamed.part() instanceof Part.ToolCall);
        }
    }

    @Test
    void canBeGoneOnWithFromThePositionOfEachPart() {
        for (int seen = 1; seen < EVENTS.size(); seen++) {
            events.clear();
            decoder(true, Optional.empty())
                    .accept(ByteString.fromString(String.join("", EVENTS.subList(0, seen))), events);
            Place place = lastPlace();
            var rest = new ArrayList<ModelEvent>();
            decoder(true, Optional.of(place))
                    .accept(
                            ByteString.fromString(
                                    String.join("", EVENTS.subList((int) place.sequence() + 1, EVENTS.size()))),
                            rest);
            var both = new ArrayList<>(events);
            both.addAll(rest);
            assertThat(parts(both)).as("after %d events", seen).isEqualTo(PARTS);
            assertThat(Conversations.last(rest)).isEqualTo(FINISHED);
        }
    }

    @Test
    void tellsNoPositionOfAnAnswerThatIsNotKept() {
        decoder(false, Optional.empty()).accept(ByteString.fromString(WHOLE), events);
        assertThat(events)
                .noneMatch(ModelEvent.Kept.class::isInstance)
                .noneMatch(event -> event instanceof ModelEvent.Streamed streamed && streamed.position() != null);
    }

    @ParameterizedTest
    @CsvSource({"max_output_tokens,LENGTH", "content_filter,CONTENT_FILTER"})
    void saysWhyAnAnswerIsIncomplete(String said, FinishReason reason) {
        accept(event(0, "response.created", "\"response\":{\"id\":\"resp_1\"}")
                + event(1, "response.refusal.delta", "\"delta\":\"no\"")
                + event(
                        2,
                        "response.output_item.done",
                        "\"item\":{\"type\":\"function_call\",\"status\":\"incomplete\",\"arguments\":\"{\"}")
                + event(
                        3,
                        "response.incomplete",
                        "\"response\":{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"" + said
                                + "\"}}"));
        assertThat(((Finished) Conversations.last(events)).reason()).isEqualTo(reason);
        assertThat(parts(events)).containsExactly(new Part.Text("no"));
    }

    @ParameterizedTest
    @CsvSource({
        "server_error,The server had an error,GENERIC,true",
        "rate_limit_exceeded,slow down,RATE_LIMIT,true",
        "insufficient_quota,pay first,USAGE_LIMIT,false",
        "invalid_prompt,no,GENERIC,false",
    })
    void classifiesAFailedResponseAndAnErrorAlike(String code, String message, FailureKind kind, boolean retryable) {
        String error = "\"code\":\"%s\",\"message\":\"%s\"".formatted(code, message);
        for (String stream : List.of(
                event(1, "response.failed", "\"response\":{\"status\":\"failed\",\"error\":{" + error + "}}"),
                event(1, "error", error + ",\"param\":null"),
                event(1, "error", "\"error\":{" + error + "}"))) {
            ModelException failure = failureOf(stream);
            assertThat(failure.failure().kind()).isEqualTo(kind);
            assertThat(failure.failure().retryable()).isEqualTo(retryable);
        }
    }

    @Test
    void triesAgainWhenTheResponseWasCancelledElsewhereOrACallIsNoJson() {
        assertThat(failureOf(event(1, "response.cancelled", "\"response\":{}"))
                        .failure()
                        .retryable())
                .isTrue();
        assertThat(failureOf(
                                event(
                                        1,
                                        "response.output_item.done",
                                        "\"item\":{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{\"}"))
                        .failure()
                        .retryable())
                .isTrue();
    }

    private Place lastPlace() {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i) instanceof ModelEvent.Streamed streamed && streamed.position() != null) {
                return Place.parse(streamed.position()).orElseThrow();
            }
            if (events.get(i) instanceof ModelEvent.Kept kept) {
                return Place.parse(kept.position()).orElseThrow();
            }
        }
        throw new AssertionError("no position in " + events);
    }

    private void accept(String stream) {
        decoder(true, Optional.empty()).accept(ByteString.fromString(stream), events);
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

    private static List<Part> parts(List<ModelEvent> events) {
        return Parts.joined(events.stream()
                .filter(ModelEvent.Streamed.class::isInstance)
                .map(event -> ((ModelEvent.Streamed) event).part())
                .toList());
    }

    private static AnswerDecoder decoder(boolean kept, Optional<Place> from) {
        var failures = new ProviderFailures("openai", List.of());
        return new AnswerDecoder(failures, new ResponsesReader(failures, kept, from));
    }

    private static String event(int sequence, String type, String fields) {
        return "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
                .formatted(type, type, sequence, fields);
    }

    private static String call(String id) {
        return "\"item\":{\"type\":\"function_call\",\"call_id\":\"" + id + "\",\"name\":\"clock\","
                + "\"arguments\":\"{\\\"zone\\\":\\\"UTC\\\"}\",\"status\":\"completed\"}";
    }
}
