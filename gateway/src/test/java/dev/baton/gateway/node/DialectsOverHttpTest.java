package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.node.DoorScene.Answer;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Ending;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectsOverHttpTest {
    private static final String MODEL = "\"model\":\"chat/simulated/default\"";
    private static final String COMPLETE = "{" + MODEL + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]%s}";
    private static final String MESSAGE =
            "{" + MODEL + ",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]%s}";
    private static final String STREAM = ",\"stream\":true";

    private final DoorScene scene = new DoorScene();
    private final ChatId chat = scene.chat(1);

    @AfterEach
    void stop() {
        scene.close();
    }

    private void run() {
        scene.await(chat, state -> state.status() == Status.RUNNING);
    }

    @Test
    void completesAndGoesOnInTheSameChat() {
        var answering = scene.start("POST", "/v1/chat/completions", COMPLETE.formatted(""));
        run();
        scene.finish(chat, 0, new Part.Text("hi there"));
        Answer answer = DoorScene.get(answering);
        JsonNode choice = answer.body().path("choices").path(0);
        assertThat(choice.path("message").path("content").asText()).isEqualTo("hi there");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.body().path("usage").path("total_tokens").asInt()).isEqualTo(14);

        var more = scene.start(
                "POST",
                "/v1/chat/completions",
                "{" + MODEL + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"},"
                        + "{\"role\":\"assistant\",\"content\":\"hi there\"},{\"role\":\"user\",\"content\":\"more\"}]}",
                "x-baton-chat",
                answer.header("x-baton-chat"));
        scene.await(chat, state -> state.history().messages().size() == 3);
        scene.finish(chat, 0, new Part.Text("no more"));
        assertThat(DoorScene.get(more).status()).isEqualTo(200);
    }

    @Test
    void makesAChatOfWhatWasSaidElsewhere() {
        var unused = scene.start(
                "POST",
                "/v1/chat/completions",
                "{" + MODEL + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}],\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":\"weather?\"},"
                        + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"rain\"}]}");
        run();
        var state = scene.chats.state(chat);
        assertThat(state.origin().systemPrompt()).isEqualTo("be brief");
        assertThat(state.history().messages())
                .extracting(message -> message.role())
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(state.turn().attempt()).isEqualTo(1);
    }

    @Test
    void streamsChunksWithUsage() {
        try (var events = scene.stream(
                "POST",
                "/v1/chat/completions",
                COMPLETE.formatted(STREAM + ",\"stream_options\":{\"include_usage\":true}"))) {
            run();
            scene.say(chat, "hi ", "there");
            scene.finish(chat, 2, new Part.Text("hi there"));
            List<String> all = events.rest();
            assertThat(all).last().isEqualTo("[DONE]");
            assertThat(all.stream()
                            .map(DoorScene::json)
                            .map(chunk -> chunk.path("choices")
                                    .path(0)
                                    .path("delta")
                                    .path("content")
                                    .asText())
                            .reduce("", String::concat))
                    .isEqualTo("hi there");
            assertThat(DoorScene.json(all.get(all.size() - 2))
                            .path("usage")
                            .path("completion_tokens")
                            .asInt())
                    .isEqualTo(4);
        }
    }

    @Test
    void endsAStreamThatFailsWithAnErrorAndNothingElse() {
        try (var chunks = scene.stream("POST", "/v1/chat/completions", COMPLETE.formatted(STREAM))) {
            run();
            fail(chat);
            List<String> all = chunks.rest();
            assertThat(DoorScene.json(all.get(all.size() - 1))
                            .path("error")
                            .path("code")
                            .asText())
                    .isEqualTo("rate_limit");
        }
        try (var events = scene.stream("POST", "/v1/messages", MESSAGE.formatted(STREAM))) {
            scene.await(scene.chat(2), state -> state.status() == Status.RUNNING);
            fail(scene.chat(2));
            List<String> all = events.rest();
            JsonNode last = DoorScene.json(all.get(all.size() - 1));
            assertThat(last.path("type").asText()).isEqualTo("error");
            assertThat(last.path("error").path("type").asText()).isEqualTo("rate_limit_error");
        }
    }

    private void fail(ChatId failing) {
        var failure = new Failure("too many", null, FailureKind.RATE_LIMIT, "simulated", true, 429);
        scene.chats.execute(failing, new ChatCommand.FailTurn(MemoryChats.fence(scene.chats.state(failing)), failure));
    }

    @Test
    void repliesWithBlocksAndTools() {
        String tools = ",\"tools\":[{\"name\":\"weather\",\"input_schema\":{\"type\":\"object\"}}]";
        var answering = scene.start("POST", "/v1/messages", MESSAGE.formatted(tools), "x-api-key", "ada");
        run();
        scene.call(chat, new Part.ToolCall("c1", "weather", "{\"city\":\"Bern\"}"));
        Answer answer = DoorScene.get(answering);
        JsonNode block = answer.body().path("content").path(0);
        assertThat(block.path("input").path("city").asText()).isEqualTo("Bern");
        assertThat(answer.body().path("stop_reason").asText()).isEqualTo("tool_use");

        try (var events = scene.stream(
                "POST",
                "/v1/messages",
                "{" + MODEL
                        + ",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":"
                        + "\"tool_result\",\"tool_use_id\":\"c1\",\"content\":\"rain\"}]}]}",
                "x-baton-chat",
                answer.header("x-baton-chat"))) {
            run();
            scene.say(chat, "a coat ", "then");
            scene.finish(chat, 2, new Part.Text("a coat then"));
            assertThat(events.rest().stream()
                            .map(data -> DoorScene.json(data).path("type").asText()))
                    .containsExactly(
                            "message_start",
                            "content_block_start",
                            "content_block_delta",
                            "content_block_delta",
                            "content_block_delta",
                            "content_block_stop",
                            "message_delta",
                            "message_stop");
        }
    }

    @Test
    void interruptsATurnThatNobodyWaitsForAnyMore() {
        scene.ask("/v1/chat/completions", COMPLETE.formatted(STREAM));
        scene.await(chat, state -> state.status() == Status.INTERRUPTING);
    }

    @ParameterizedTest
    @CsvSource({
        "LENGTH,/v1/chat/completions,finish_reason,length",
        "CONTENT_FILTER,/v1/chat/completions,finish_reason,content_filter",
        "LENGTH,/v1/messages,stop_reason,max_tokens",
        "CONTENT_FILTER,/v1/messages,stop_reason,refusal"
    })
    void saysWhyTheModelSaidNoMore(Ending ending, String path, String field, String reason) {
        String body = path.endsWith("messages") ? MESSAGE : COMPLETE;
        String expected = "\"%s\":\"%s\"".formatted(field, reason);
        var whole = scene.start("POST", path, body.formatted(""));
        run();
        scene.finish(chat, ending, new Part.Text("hi th"));
        assertThat(DoorScene.get(whole).body().toString()).contains(expected);
        try (var events = scene.stream("POST", path, body.formatted(STREAM))) {
            scene.await(scene.chat(2), state -> state.status() == Status.RUNNING);
            scene.finish(scene.chat(2), ending, new Part.Text("hi th"));
            assertThat(String.join("", events.rest())).contains(expected);
        }
    }

    @Test
    void answersTheSameToWhoAsksAgainAlsoAfterWhatWasSaidBefore() {
        String told = "{" + MODEL + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"},"
                + "{\"role\":\"assistant\",\"content\":\"hi\"},{\"role\":\"user\",\"content\":\"more\"}]}";
        var answering = scene.start("POST", "/v1/chat/completions", told, "Idempotency-Key", "k1");
        ChatId named = Turns.named(new Caller("ada", dev.baton.gateway.auth.Role.USER, "ada", null), "", "k1");
        scene.await(named, state -> state.status() == Status.RUNNING);
        scene.finish(named, 0, new Part.Text("no more"));
        JsonNode first = DoorScene.get(answering).body();
        assertThat(first.path("choices").path(0).path("message").path("content").asText())
                .isEqualTo("no more");
        assertThat(scene.call("POST", "/v1/chat/completions", told, "Idempotency-Key", "k1")
                        .body())
                .isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void missesAClientThatWaitsForTheWholeAnswerAtOnce(String path) {
        String body = path.endsWith("messages") ? MESSAGE.formatted("") : COMPLETE.formatted("");
        scene.askAndGo(path, body, chat, ChatState::exists);
        scene.await(chat, state -> state.status() == Status.INTERRUPTING);
    }

    @Test
    void refusesInTheShapeOfTheDialect() {
        Answer unknown = scene.get("/v1/embeddings");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().path("error").path("code").asText()).isEqualTo("route_not_found");
        Answer other = scene.call("GET", "/v1/files", null, "anthropic-version", "2023-06-01");
        assertThat(other.body().path("error").path("type").asText()).isEqualTo("not_found_error");
        Answer bare = scene.post("/v1/chat/completions", COMPLETE.formatted("").replace("chat/", ""));
        assertThat(bare.body().path("error").path("param").asText()).isEqualTo("model");
        Answer nobody = scene.call("POST", "/v1/messages", MESSAGE.formatted(""), "Authorization", "Bearer ");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.body().path("error").path("type").asText()).isEqualTo("authentication_error");
        Answer large = scene.post("/v1/messages", MESSAGE.formatted(",\"x\":\"" + "y".repeat(70_000) + "\""));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.body().path("error").path("type").asText()).isEqualTo("request_too_large");
        assertThat(scene.call("DELETE", "/v1/models", null).status()).isEqualTo(405);
        assertThat(scene.call("POST", "/v1/responses", "x", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        Answer noJson = scene.post("/v1/responses", "{");
        assertThat(noJson.status()).isEqualTo(400);
        assertThat(asked("POST", "/v1/responses", "400")).isEqualTo(1);
        assertThat(asked("other", "other", "404")).isEqualTo(2);
    }

    private long asked(String method, String route, String status) {
        return scene.meters
                .get("baton.http.requests")
                .tags("method", method, "route", route, "status", status)
                .timer()
                .count();
    }

    @Test
    void listsModelsAndEstimatesTokens() {
        assertThat(scene.get("/v1/models").body().path("data").findValuesAsText("id"))
                .containsExactly("simulated/default", "chat/simulated/default");
        assertThat(scene.get("/v1/models/chat%2Fsimulated%2Fdefault").body())
                .isEqualTo(scene.get("/v1/models/chat/simulated/default").body());
        Answer count = scene.post("/v1/messages/count_tokens", MESSAGE.formatted(""));
        assertThat(count.body().path("input_tokens").asInt()).isEqualTo(6);
        assertThat(count.header("x-baton-estimate")).isEqualTo("true");
    }
}
