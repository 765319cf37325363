package dev.baton.gateway.door.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.util.ByteString;
import dev.baton.gateway.door.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    @Test
    void changesTheModelAndNoOtherByte() {
        Envelope envelope = envelope("{ \"a\" : \"\\u00e9\u00e9\",\n\"model\":\"mine\" , \"model2\":{\"model\":1}}");
        assertThat(envelope.model()).contains("mine");
        assertThat(envelope.to("the\"irs").utf8String())
                .isEqualTo("{ \"a\" : \"\\u00e9\u00e9\",\n\"model\":\"the\\\"irs\" , \"model2\":{\"model\":1}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_tokens", "max_completion_tokens", "max_output_tokens"})
    void knowsHowLongTheAnswerMayBe(String field) {
        assertThat(envelope("{\"model\":\"m\",\"%s\":37}".formatted(field)).mostOutput())
                .hasValue(37);
        assertThat(envelope("{\"model\":\"m\",\"%s\":null}".formatted(field)).mostOutput())
                .isEmpty();
        assertThat(envelope("{\"model\":\"m\",\"in\":{\"%s\":37}}".formatted(field))
                        .mostOutput())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"model":"m"}                                           | {"stream_options":{"include_usage":true},"model":"m"}
            {"stream_options":null,"model":"m"}                     | {"stream_options":{"include_usage":true},"model":"m"}
            {"stream_options":{},"model":"m"}                       | {"stream_options":{"include_usage":true},"model":"m"}
            {"stream_options":{"x":1},"model":"m"}                  | {"stream_options":{"include_usage":true,"x":1},"model":"m"}
            {"stream_options":{"include_usage":false},"model":"m"}  | {"stream_options":{"include_usage":true},"model":"m"}
            """)
    void asksForTheUsageOfAStream(String body, String asking) {
        Envelope envelope = envelope(body);
        assertThat(envelope.asksForUsage()).isFalse();
        assertThat(envelope.askingForUsage().to("m").utf8String()).isEqualTo(asking);
        assertThat(envelope.askingForUsage().asksForUsage()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"model\":\"m\"",
                "{\"model\":\"m\"} {}",
                "{\"model\":\"m\",\"model\":\"n\"}",
                "{\"stream\":true,\"str\\u0065am\":false}"
            })
    void refusesWhatIsNotOneObject(String body) {
        assertThatThrownBy(() -> envelope(body)).isInstanceOf(Refused.class);
    }

    private static Envelope envelope(String body) {
        return Envelope.of(ByteString.fromString(body));
    }
}
