package dev.baton.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.http.ApiScene.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be done is refused with the right words, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String CHAT = "00000000-0000-0001-0000-000000000001";
    private static final String BUSY = "00000000-0000-0001-0000-000000000002";

    private final ApiScene scene = new ApiScene();

    @BeforeAll
    void begin() {
        assertThat(scene.chat()).isEqualTo(CHAT);
        assertThat(scene.runningChat()).isEqualTo(BUSY);
        for (int i = 0; i < 20; i++) {
            scene.post("/chats/" + BUSY + "/messages", "{\"content\":\"m\"}");
        }
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    /** Method, path, body, status, code, and what the detail must name. */
    static Stream<Arguments> calls() {
        String messages = "/chats/" + CHAT + "/messages";
        return Stream.of(
                bad("POST", "/chats", "{", 400, "request_invalid", "no JSON"),
                bad("POST", "/chats", "[]", 400, "request_invalid", "the body is []; it must be an object"),
                bad("POST", "/chats", "{\"a\":1,\"a\":1}", 400, "request_invalid", "no JSON"),
                bad("POST", "/chats", "{} {}", 400, "request_invalid", "no JSON"),
                bad("POST", "/chats", "{\"titel\":\"x\"}", 400, "request_invalid", "titel is unknown"),
                bad("POST", "/chats", "{\"title\":5}", 400, "request_invalid", "title is 5; it must be a text"),
                bad("POST", "/chats", "{\"labels\":{\"a\":1}}", 400, "request_invalid", "labels.a is 1"),
                bad("POST", "/chats", "{\"labels\":[]}", 400, "request_invalid", "labels is []"),
                bad("POST", "/chats", "{\"model\":\"gpt-0\"}", 400, "model_unknown", "gpt-0"),
                bad("POST", "/chats", "{\"message\":{}}", 400, "request_invalid", "message.content is missing"),
                bad("POST", "/chats", "{\"message\":{\"content\":\" \"}}", 400, "content_empty", "no text"),
                bad("POST", "/chats", "{\"title\":\"" + "x".repeat(201) + "\"}", 400, "title_invalid", "201"),
                bad("POST", "/chats", "{\"tools\":[{\"name\":\"a b\"}]}", 400, "tools_invalid", "a b"),
                bad(
                        "POST",
                        "/chats",
                        "{\"tools\":[{\"name\":\"a\",\"input_schema\":1}]}",
                        400,
                        "request_invalid",
                        "tools[0].input_schema is 1"),
                bad("POST", "/chats", "{\"title\":\"" + "x".repeat(300_000) + "\"}", 413, "body_too_large", "262144"),
                bad("GET", "/chats?limit=0", null, 400, "request_invalid", "limit is \"0\""),
                bad("GET", "/chats?limit=201", null, 400, "request_invalid", "from 1 to 200"),
                bad("GET", "/chats?limit=ten", null, 400, "request_invalid", "limit"),
                bad("GET", "/chats?status=idle", null, 400, "request_invalid", "status is \"idle\""),
                bad("GET", "/chats?label=team", null, 400, "request_invalid", "key:value"),
                bad("GET", "/chats?archived=yes", null, 400, "request_invalid", "archived"),
                bad("GET", "/chats/nonsense", null, 404, "chat_not_found", "nonsense"),
                bad("GET", "/chats/00000000-0000-0000-0000-000000000009", null, 404, "chat_not_found", "0009"),
                bad("PATCH", "/chats/" + CHAT, "{\"pinned\":\"yes\"}", 400, "request_invalid", "pinned is \"yes\""),
                bad("PATCH", "/chats/" + CHAT, "{\"title\":\" \"}", 400, "title_invalid", "title"),
                bad("PATCH", "/chats/" + CHAT, "{\"status\":\"x\"}", 400, "request_invalid", "status is unknown"),
                bad("GET", messages + "?limit=1000", null, 400, "request_invalid", "limit"),
                bad("GET", messages + "?cursor=x", null, 400, "cursor_unknown", "\"x\""),
                bad("GET", messages + "?order=up", null, 400, "request_invalid", "order"),
                bad("POST", messages, null, 400, "request_invalid", "content is missing"),
                bad("POST", messages, "{\"content\":5}", 400, "request_invalid", "content is 5"),
                bad("POST", messages, "{\"content\":[]}", 400, "content_empty", "no text"),
                bad(
                        "POST",
                        messages,
                        "{\"content\":[{\"type\":\"image\"}]}",
                        400,
                        "request_invalid",
                        "content[0].type is \"image\""),
                bad(
                        "POST",
                        messages,
                        "{\"content\":[{\"type\":\"text\"}]}",
                        400,
                        "request_invalid",
                        "content[0].text is missing"),
                bad("POST", messages, "{\"content\":\"\\u0000\"}", 400, "request_invalid", "U+0000"),
                bad("POST", messages, "{\"content\":\"\\ud800\"}", 400, "request_invalid", "U+D800"),
                bad(
                        "POST",
                        messages,
                        "{\"content\":\"x\",\"busy\":\"wait\"}",
                        400,
                        "request_invalid",
                        "queue, interrupt, reject, rollback, steer"),
                bad("POST", messages, "{\"content\":\"x\",\"model\":\"none\"}", 400, "model_unknown", "none"),
                bad(
                        "POST",
                        messages,
                        "{\"content\":\"x\",\"client_message_id\":\"\"}",
                        400,
                        "request_invalid",
                        "client_message_id"),
                bad(
                        "POST",
                        "/chats/" + BUSY + "/messages",
                        "{\"content\":\"x\",\"busy\":\"reject\"}",
                        409,
                        "chat_busy",
                        "R1"),
                bad("POST", "/chats/" + BUSY + "/messages", "{\"content\":\"x\"}", 409, "message_queue_full", "20"),
                bad("PATCH", messages + "/m9", "{\"content\":\"x\"}", 404, "message_not_found", "m9"),
                bad("PATCH", messages + "/x", "{\"content\":\"x\"}", 404, "message_not_found", "x"),
                bad(
                        "PATCH",
                        messages + "/m9",
                        "{\"content\":\"x\",\"busy\":\"queue\"}",
                        400,
                        "request_invalid",
                        "busy is unknown"),
                bad("DELETE", "/chats/" + CHAT + "/queue/q9", null, 409, "transition_not_allowed", "W"),
                bad("DELETE", "/chats/" + BUSY + "/queue/x", null, 404, "queued_message_not_found", "x"),
                bad("POST", "/chats/" + CHAT + "/interrupt", null, 409, "transition_not_allowed", "INTERRUPT"),
                bad(
                        "POST",
                        "/chats/" + CHAT + "/interrupt",
                        "{\"now\":true}",
                        400,
                        "request_invalid",
                        "now is unknown"),
                bad("POST", "/chats/" + CHAT + "/compact", null, 400, "content_empty", "empty"),
                bad("POST", "/chats/" + BUSY + "/clear", null, 409, "transition_not_allowed", "CLEAR"),
                bad("POST", "/chats/" + CHAT + "/reconcile", null, 409, "chat_state_valid", "W"),
                bad("POST", "/chats/" + CHAT + "/tool-results", "{}", 400, "request_invalid", "results is missing"),
                bad("GET", "/chats/" + CHAT + "/stream?after=99", null, 400, "cursor_unknown", "99"),
                bad("GET", "/watch?after=x", null, 400, "cursor_unknown", "x"),
                bad("GET", "/nothing", null, 404, "route_not_found", "/nothing"),
                bad("GET", "/chats/" + CHAT + "/fork/x", null, 404, "route_not_found", "/fork/x"),
                bad("PUT", "/chats", "{}", 405, "method_not_allowed", "POST"));
    }

    private static Arguments bad(
            String method, String path, @Nullable String body, int status, String code, String named) {
        return Arguments.of(method, path, body, status, code, named);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("calls")
    void isRefused(String method, String path, @Nullable String body, int status, String code, String named) {
        long before = versions();
        Answer answer = scene.call(method, path, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("detail").asText()).contains(named);
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(versions()).isEqualTo(before);
    }

    private long versions() {
        return scene.state(CHAT).version() + scene.state(BUSY).version();
    }

    @Test
    void saysWhichChatItIsAbout() {
        assertThat(scene.post("/chats/" + CHAT + "/interrupt", null)
                        .body()
                        .path("chat_id")
                        .asText())
                .isEqualTo(CHAT);
    }

    @Test
    void saysWhenToTryABusyChatAgain() {
        Answer busy = scene.post("/chats/" + BUSY + "/messages", "{\"content\":\"x\",\"busy\":\"reject\"}");
        assertThat(busy.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void saysWhichMethodsThereAre() {
        assertThat(scene.call("DELETE", "/chats/" + CHAT, null).header("Allow")).isEqualTo("GET, PATCH");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "application/xml"})
    void wantsJson(String type) {
        Answer answer = scene.call("POST", "/chats", "{}", "Content-Type", type);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("media_type_unsupported");
    }

    @Test
    void wantsAKeyThatSaysSomething() {
        assertThat(scene.call("POST", "/chats", "{}", "Idempotency-Key", "x".repeat(201))
                        .code())
                .isEqualTo("request_invalid");
    }

    @Test
    void tellsEvenThoseWhoSpeakNoHttp() throws IOException {
        try (var raw = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
            raw.setSoTimeout(10_000);
            raw.getOutputStream().write("GET /api/v1/chats/%zz HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            String answer = new String(raw.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "request_invalid");
        }
    }
}
