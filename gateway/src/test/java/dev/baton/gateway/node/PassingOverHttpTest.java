package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.fake.FakeCallLog.Call;
import dev.baton.gateway.bridge.fake.FakeCallLog.End;
import dev.baton.gateway.bridge.fake.FakeText;
import dev.baton.gateway.node.DoorScene.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that are no chats, at the doors, over real sockets. Each test ends with no call open anywhere. */
class PassingOverHttpTest extends PassingScene {

    @ParameterizedTest
    @EnumSource(Spoken.class)
    void passesAWholeAnswerOnAsItIs(Spoken spoken) {
        String body = spoken.body("hi", ",\"temperature\":0.50");
        Answer answer = scene.call(
                "POST",
                spoken.path,
                body,
                "cookie",
                "c=1",
                "x-api-key",
                "mine",
                "anthropic-beta",
                "b1",
                "x-private",
                "p");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(spoken.text(answer.body())).isEqualTo(FakeText.of("hi", 20));
        assertThat(answer.header("x-baton-target")).isEqualTo(spoken.model());
        assertThat(answer.header("x-request-id")).isEqualTo("req_1");
        assertThat(answer.header("openai-organization") + answer.header("set-cookie"))
                .isEmpty();
        assertThat(first.body(1).path("model").asText()).isEqualTo("fake-20-0");
        assertThat(first.body(1).path("temperature").asText()).isEqualTo("0.5");
        var sent = first.headers(1);
        assertThat(sent).doesNotContainKeys("cookie", "x-private");
        assertThat(sent).containsEntry("anthropic-beta", "b1");
        boolean anthropic = spoken == Spoken.ANTHROPIC;
        assertThat(sent.get("x-api-key")).isEqualTo(anthropic ? "topsecret" : null);
        assertThat(sent.get("authorization")).isEqualTo(anthropic ? null : "Bearer topsecret");
        assertThat(sent.get("anthropic-version")).isEqualTo(anthropic ? "2023-06-01" : null);
    }

    @ParameterizedTest
    @EnumSource(Spoken.class)
    void passesAStreamOnByteByByte(Spoken spoken) throws Exception {
        for (String prompt : List.of("plain", "chunk=1", "chunk=7 think=2", "framing=close", "rate=500")) {
            String more = ",\"stream\":true";
            String got = raw(spoken.path, spoken.body(prompt, more));
            int call = first.log().count();
            String said = direct(spoken, first.body(call).toString());
            assertThat(withoutUsage(unnumbered(got))).isEqualTo(withoutUsage(unnumbered(said)));
            assertThat(got.contains("completion_tokens"))
                    .as("nobody asked for it")
                    .isFalse();
            assertThat(first.body(call)
                            .path("stream_options")
                            .path("include_usage")
                            .asBoolean())
                    .isEqualTo(spoken == Spoken.OPENAI);
        }
        assertThat(first.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsOnly(End.WHOLE);
    }

    private static String unnumbered(String stream) {
        return stream.replaceAll("(chatcmpl-|resp_|msg_|sig-|sealed-|message_|reasoning_)\\d+", "$1N");
    }

    private static String withoutUsage(String stream) {
        return stream.replaceAll("data: [^\n]*\"completion_tokens\"[^\n]*\n\n", "");
    }

    @Test
    void tellsTheUsageOfAStreamToWhoAsksForIt() throws Exception {
        String got = raw(
                "/v1/chat/completions",
                Spoken.OPENAI.body("hi", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        assertThat(got).contains("\"completion_tokens\":20").endsWith("data: [DONE]\n\n");
        for (String options : List.of("{}", "null", "{\"include_usage\":false,\"x\":1}", "{\"x\":{\"y\":[1]}}")) {
            String without = raw(
                    "/v1/chat/completions", Spoken.OPENAI.body("hi", ",\"stream\":true,\"stream_options\":" + options));
            assertThat(without).doesNotContain("completion_tokens").endsWith("data: [DONE]\n\n");
            JsonNode asked = first.body(first.log().count()).path("stream_options");
            assertThat(asked.path("include_usage").asBoolean()).as(options).isTrue();
            assertThat(asked.has("x")).isEqualTo(options.contains("\"x\""));
        }
    }

    @Test
    void saysWhereAModelIsSpokenTo() {
        Answer differs = scene.post(
                "/v1/chat/completions",
                "{\"model\":\"anthropic/fake-20-0\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(differs.status()).isEqualTo(400);
        assertThat(differs.body().path("error").path("code").asText()).isEqualTo("dialect_differs");
        assertThat(differs.body().toString()).contains("/v1/messages").contains("chat/anthropic/fake-20-0");
        Answer unknown = scene.post("/v1/responses", "{\"model\":\"a/nope\",\"input\":\"hi\"}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().path("error").path("code").asText()).isEqualTo("model_unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"store\":true",
                "\"background\":true",
                "\"previous_response_id\":\"resp_1\"",
                "\"conversation\":\"conv_1\""
            })
    void keepsNothingAtAProvider(String field) {
        Answer answer =
                scene.post("/v1/responses", "{\"model\":\"responses/fake-20-0\",\"input\":\"hi\"," + field + "}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("error").path("message").asText()).contains("chat/responses/fake-20-0");
        scene.post("/v1/responses", Spoken.RESPONSES.body("hi", ""));
        assertThat(first.body(1).path("store").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"a\",\"model\":\"b\"}",
                "[]",
                "{\"model\":\"a\"",
                "{\"model\":\"a\"} {}",
                "{\"model\":\"a\",\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}"
            })
    void refusesABodyThatCanBeReadInTwoWays(String body) {
        Answer answer = scene.post("/v1/chat/completions", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("error").path("code").asText()).isEqualTo("request_invalid");
    }

    @Test
    void hasTokensCountedByWhoeverKnowsThem() {
        Answer counted = scene.post("/v1/messages/count_tokens", Spoken.ANTHROPIC.body("hi", ""));
        assertThat(counted.body().path("input_tokens").asInt()).isEqualTo(7);
        assertThat(counted.header("x-baton-estimate")).isEmpty();
    }
}
