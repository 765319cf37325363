package dev.baton.gateway.bridge.anthropic;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesReaderTest {
    private static final String START = event(
            "message_start",
            "\"message\":{\"id\":\"msg_1\",\"content\":[],\"usage\":{\"input_tokens\":5,\"output_tokens\":1,"
                    + "\"cache_read_input_tokens\":7,\"cache_creation_input_tokens\":11}}");
    private static final String THOUGHT = block(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"hm \"}")
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"so\"}")
            + delta(0, "{\"type\":\"signature_delta\",\"signature\":\"EqQ+/=\"}")
            + stop(0)
            + block(1, "{\"type\":\"redacted_thinking\",\"data\":\"x/y==\"}")
            + stop(1);
    private static final String WHOLE = START
            + event("ping", "\"more\":1")
            + THOUGHT
            + block(2, "{\"type\":\"text\",\"text\":\"\"}")
            + delta(2, "{\"type\":\"text_delta\",\"text\":\"Größe \"}")
            + delta(2, "{\"type\":\"text_delta\",\"text\":\"🙂\"}")
            + stop(2)
            + call(3, "c1", "clock", "{\\\"zone\\\":", "\\\"UTC\\\"}")
            + call(4, "c2", "clock", "", "")
            + event("message_delta", "\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":3}")
            + event("message_stop", "\"more\":1");
    private static final List<Part> PARTS = List.of(
            new Part.Reasoning("hm so", "anthropic:EqQ+/="),
            new Part.Reasoning("", "anthropic-redacted:x/y=="),
            new Part.Text("Größe 🙂"),
            new Part.ToolCall("c1", "clock", "{\"zone\":\"UTC\"}"),
            new Part.ToolCall("c2", "clock", "{}"));

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
                    .isEqualTo(new Finished(FinishReason.TOOL_CALLS, new Usage(23, 3, 7, 0, 11)));
        }
    }

    @Test
    void neverTakesATruncatedStreamForWhole() {
        byte[] bytes = WHOLE.getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            events.clear();
            var decoder = decoder();
            decoder.accept(ByteString.fromArray(Arrays.copyOf(bytes, length)), events);
            assertThat(failureAtEnd(decoder)).as("%d bytes", length).isEqualTo(FailureKind.TIMEOUT);
            assertThat(events)
                    .noneMatch(Finished.class::isInstance)
                    .noneMatch(event ->
                            event instanceof ModelEvent.Streamed streamed && streamed.part() instanceof Part.ToolCall);
        }
    }

    @Test
    void tellsEarlyWhatWasRead() {
        accept(START);
        assertThat(events).containsExactly(new ModelEvent.Used(new Usage(23, 1, 7, 0, 11)));
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn,STOP",
        "stop_sequence,STOP",
        "max_tokens,LENGTH",
        "model_context_window_exceeded,LENGTH",
        "refusal,CONTENT_FILTER",
        "something_new,STOP"
    })
    void saysWhyTheAnswerEnded(String said, FinishReason reason) {
        accept(START
                + block(0, "{\"type\":\"text\",\"text\":\"a\"}")
                + stop(0)
                + event("message_delta", "\"delta\":{\"stop_reason\":\"" + said + "\"}")
                + event("message_stop", "\"more\":1"));
        assertThat(((Finished) Conversations.last(events)).reason()).isEqualTo(reason);
    }

    @Test
    void dropsACallThatTheLengthLimitCutOff() {
        accept(START
                + call(0, "c1", "clock", "{}", "")
                + call(1, "c2", "clock", "{\\\"zo", "")
                + event("message_delta", "\"delta\":{\"stop_reason\":\"max_tokens\"}")
                + event("message_stop", "\"more\":1"));
        assertThat(parts()).containsExactly(new Part.ToolCall("c1", "clock", "{}"));
    }

    @Test
    void triesAgainWhenACallIsNoJson() {
        var failure = failureOf(START
                + call(0, "c1", "clock", "{oops", "")
                + event("message_delta", "\"delta\":{\"stop_reason\":\"tool_use\"}")
                + event("message_stop", "\"more\":1"));
        assertThat(failure.failure().retryable()).isTrue();
        assertThat(parts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "overloaded_error,Overloaded,OVERLOADED,true",
        "api_error,Internal server error,GENERIC,true",
        "rate_limit_error,slow down,RATE_LIMIT,true",
        "authentication_error,who are you,AUTH,false",
        "permission_error,not for you,AUTH,false",
        "not_found_error,model: nobody,CONFIG,false",
        "invalid_request_error,prompt is too long: 9 tokens > 8 maximum,CONFIG,false",
        "billing_error,no,USAGE_LIMIT,false",
    })
    void classifiesAnErrorInTheStream(String type, String message, FailureKind kind, boolean retryable) {
        var failure = failureOf(START
                + block(0, "{\"type\":\"text\",\"text\":\"so far\"}")
                + event("error", "\"error\":{\"type\":\"%s\",\"message\":\"%s\"}".formatted(type, message)));
        assertThat(failure.failure().kind()).isEqualTo(kind);
        assertThat(failure.failure().retryable()).isEqualTo(retryable);
        assertThat(Conversations.textOf(events)).isEqualTo("so far");
    }

    @Test
    void failsWhenTheFilterLeftNothing() {
        assertThat(failureOf(START
                                + event("message_delta", "\"delta\":{\"stop_reason\":\"refusal\"}")
                                + event("message_stop", "\"more\":1"))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.CONTENT_FILTER);
    }

    private void accept(String stream) {
        decoder().accept(ByteString.fromString(stream), events);
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
        var failures = new ProviderFailures("claude", List.of());
        return new AnswerDecoder(failures, new MessagesReader(failures));
    }

    private static String event(String type, String fields) {
        return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
    }

    private static String block(int index, String content) {
        return event("content_block_start", "\"index\":%d,\"content_block\":%s".formatted(index, content));
    }

    private static String delta(int index, String delta) {
        return event("content_block_delta", "\"index\":%d,\"delta\":%s".formatted(index, delta));
    }

    private static String stop(int index) {
        return event("content_block_stop", "\"index\":" + index);
    }

    private static String call(int index, String id, String name, String... pieces) {
        var call = new StringBuilder(
                block(index, "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{}}".formatted(id, name)));
        for (String piece : pieces) {
            call.append(delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":\"" + piece + "\"}"));
        }
        return call.append(stop(index)).toString();
    }
}
