package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.bridge.fake.FakeCallLog.Call;
import dev.baton.gateway.bridge.fake.FakeCallLog.End;
import dev.baton.gateway.node.DoorScene.Answer;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests that are passed on when something goes wrong on the way. Each test ends with no call open anywhere. */
class PassingFaultsTest extends PassingScene {
    @ParameterizedTest
    @EnumSource(Spoken.class)
    void neverEndsAStreamWellThatWasCutAtWhateverByte(Spoken spoken) {
        String words = "tool=clock args={\"zone\":\"UTC\"} tokens=2 think=1 ";
        String tools = spoken == Spoken.OPENAI
                ? ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"clock\"}}]"
                : ",\"tools\":[{\"type\":\"function\",\"name\":\"clock\",\"input_schema\":{}}]";
        int whole = 0;
        int cuts = 0;
        for (int cut = 0; cut < 1500; cut += 7) {
            cuts++;
            String prompt = words + "cut=" + cut + (cut % 2 == 0 ? " framing=close" : "");
            List<String> data;
            try (var events = scene.stream("POST", spoken.path, spoken.body(prompt, tools + ",\"stream\":true"))) {
                data = events.everything();
            }
            String last = data.get(data.size() - 1);
            assertThat(data)
                    .allSatisfy(line -> assertThat(DoorScene.isJson(line) || line.equals("[DONE]"))
                            .as(line)
                            .isTrue());
            if (spoken.isLast(last)) {
                whole++;
            } else {
                assertThat(last).as("cut at %d", cut).contains("\"error\"");
            }
        }
        assertThat(scene.accounts.ends().stream().filter("whole, said 3"::equals))
                .hasSize(whole);
        assertThat(scene.accounts.ends().stream().filter("failed"::equals)).hasSize(cuts - whole);
    }

    @ParameterizedTest
    @EnumSource(Spoken.class)
    void refusesAnAnswerThatWasCutBeforeItsEnd(Spoken spoken) {
        for (int cut = 0; cut < 120; cut += 9) {
            Answer answer = scene.post(spoken.path, spoken.body("hi cut=" + cut, ""));
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.body().path("error").path("code").asText()).isEqualTo("timeout");
        }
    }

    /** The second provider counts its own calls of a conversation, so what is to go well there fails by the key here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "status-of=alpha-secret:500",
                "status-of=alpha-secret:401 status-of=beta-secret:429",
                "status-of=alpha-secret:529"
            })
    void goesToTheNextTargetOrKeyBeforeTheFirstByte(String prompt) {
        for (String stream : List.of("", ",\"stream\":true")) {
            Answer answer = scene.post(
                    "/v1/chat/completions",
                    "{\"model\":\"smart\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
                            .formatted(prompt, stream));
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(second.log().calls()).isNotEmpty().extracting(Call::end).containsOnly(End.WHOLE);
    }

    @Test
    void goesToTheNextTargetWhenAStreamBreaksBeforeItsFirstEvent() {
        for (String prompt : List.of("cut=0", "cut=60", "error=0")) {
            Answer answer = scene.post(
                    "/v1/chat/completions",
                    "{\"model\":\"smart\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                            .formatted(prompt));
            int stays = prompt.startsWith("error") ? 200 : 504;
            assertThat(answer.status()).as(prompt).isEqualTo(stays);
        }
        assertThat(second.log().count()).isEqualTo(2);
    }

    @Test
    void repeatsWhatAProviderSaysAboutTheRequestAndNothingElse() {
        String body = Spoken.OPENAI.body("status=422 leak=1 code=bad_temperature", "");
        Answer theirs = scene.post("/v1/chat/completions", body);
        assertThat(theirs.status()).isEqualTo(422);
        assertThat(theirs.body().path("error").path("code").asText()).isEqualTo("bad_temperature");
        assertThat(theirs.body().toString()).doesNotContain("topsecret");

        Answer ours = scene.post("/v1/messages", Spoken.ANTHROPIC.body("status=401 leak=1", ""));
        assertThat(ours.status()).isEqualTo(502);
        assertThat(ours.body().path("error").path("code").asText()).isEqualTo("auth");
        assertThat(ours.body().toString()).doesNotContain("topsecret");

        Answer later = scene.post("/v1/responses", Spoken.RESPONSES.body("status=429 retry-after=7", ""));
        assertThat(later.status()).isEqualTo(429);
        assertThat(later.header("retry-after")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay=60000", "silence=3", "rate=1 tokens=1000", "tokens=1000000"})
    void cancelsTheCallWhenItsClientGoesAway(String prompt) throws Exception {
        for (String stream : List.of("", ",\"stream\":true")) {
            if (stream.isEmpty() && !prompt.startsWith("delay")) {
                continue;
            }
            for (Spoken spoken : Spoken.values()) {
                int calls = first.log().count();
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
                    send(socket, spoken.path, spoken.body(prompt, stream));
                    first.log().await(LIMIT, all -> all.size() > calls);
                }
                List<Call> ended = first.log().awaitAllEnded(LIMIT);
                assertThat(ended.get(calls).end()).isEqualTo(End.CANCELLED);
            }
        }
    }

    @Test
    void endsStreamsOfATokenThatIsRevoked() throws Exception {
        try (var events =
                scene.stream("POST", "/v1/chat/completions", Spoken.OPENAI.body("silence=3", ",\"stream\":true"))) {
            events.next();
            scene.revoke("ada");
            List<String> rest = events.everything();
            assertThat(rest.get(rest.size() - 1)).contains("token");
        }
        assertThat(first.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsOnly(End.CANCELLED);
    }

    @Test
    void refusesNewcomersAndCutsTheLastOnesWhenItCloses() throws Exception {
        try (var events =
                scene.stream("POST", "/v1/messages", Spoken.ANTHROPIC.body("silence=3", ",\"stream\":true"))) {
            events.next();
            var closed = scene.bridge.close(Duration.ofMinutes(5));
            Answer refused = scene.post("/v1/messages", Spoken.ANTHROPIC.body("hi", ""));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.body().path("error").path("type").asText()).isEqualTo("overloaded_error");
            scene.bridge.close(Duration.ZERO);
            List<String> rest = events.everything();
            assertThat(rest.get(rest.size() - 1)).contains("\"type\":\"error\"").contains("closing");
            closed.toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }
}
