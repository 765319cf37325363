package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.auth.Role;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.node.DoorScene.Answer;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UiStreamOverHttpTest {
    private static final String NAME = "my chat/ä";
    private static final String PATH = "/api/chat/my%20chat%2F%C3%A4";
    private static final String USER =
            "{\"id\":\"%s\",\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"%s\"}]}";
    private static final String TOOLS = ",\"tools\":{\"weather\":{\"parameters\":{}}}";

    private final DoorScene scene = new DoorScene();
    private final ChatId chat = Turns.named(new Caller("ada", Role.USER, "ada", null), "/ui", NAME);

    @AfterEach
    void stop() {
        scene.close();
    }

    private static String body(String messages, String more) {
        return "{\"id\":\"%s\",\"trigger\":\"submit-message\",\"messages\":[%s]%s}".formatted(NAME, messages, more);
    }

    private static String hello(String more) {
        return body(USER.formatted("u1", "hello"), more);
    }

    private DoorScene.Events send(String body) {
        return scene.stream("POST", "/api/chat", body);
    }

    private DoorScene.Events resume(String query, String... headers) {
        return scene.stream("GET", PATH + "/stream" + query, null, headers);
    }

    private void running() {
        scene.await(chat, state -> state.status() == Status.RUNNING);
    }

    private static String type(String chunk) {
        return DoorScene.json(chunk).path("type").asText();
    }

    private static List<String> types(List<String> chunks) {
        return chunks.stream().map(UiStreamOverHttpTest::type).toList();
    }

    private static String text(List<String> chunks) {
        return chunks.stream()
                .map(chunk -> DoorScene.json(chunk).path("delta").asText())
                .reduce("", String::concat);
    }

    @Test
    void wordsAnAnswerInChunks() {
        try (var events = send(hello(""))) {
            running();
            scene.say(chat, "one two", " three");
            scene.finish(chat, 2, new Part.Text("one two three"));
            List<String> chunks = events.rest();
            assertThat(types(chunks))
                    .containsExactly(
                            "start",
                            "start-step",
                            "text-start",
                            "text-delta",
                            "text-delta",
                            "text-delta",
                            "text-end",
                            "finish-step",
                            "finish",
                            "");
            assertThat(chunks).endsWith("[DONE]");
            assertThat(text(chunks)).isEqualTo("one two three");
            JsonNode metadata = DoorScene.json(chunks.get(8)).path("messageMetadata");
            assertThat(metadata.path("finishReason").asText()).isEqualTo("stop");
            assertThat(metadata.path("usage").path("output_tokens").asInt()).isEqualTo(4);
        }
    }

    @Test
    void tellsWhoComesBackTheWholeMessageOrWhatIsMissing() {
        assertThat(scene.get(PATH + "/stream").status()).isEqualTo(204);
        List<String> all;
        try (var events = send(hello(""))) {
            running();
            scene.say(chat, "one two", " three");
            String first = events.next();
            try (var again = resume("")) {
                assertThat(again.next()).isEqualTo(first);
                try (var rest = resume("", "Last-Event-ID", "1.3")) {
                    scene.finish(chat, 2, new Part.Text("one two three"));
                    assertThat(text(rest.rest())).isEqualTo(" two three");
                }
                assertThat(text(again.rest())).isEqualTo("one two three");
            }
            events.rest();
        }
        assertThat(scene.get(PATH + "/stream").status()).isEqualTo(204);
        try (var events = resume("?after=1.1")) {
            all = events.rest();
        }
        for (int i = 0; i < all.size() - 1; i++) {
            try (var rest = resume("?after=1." + (i + 2))) {
                assertThat(rest.rest()).isEqualTo(all.subList(i + 1, all.size()));
            }
        }
    }

    @Test
    void goesOnWithWhatTheClientsToolsGave() {
        String messageId;
        try (var events = send(hello(TOOLS))) {
            running();
            scene.call(chat, new Part.ToolCall("c1", "weather", "{\"at\":\"sea\"}"));
            List<String> chunks = events.rest();
            messageId = DoorScene.json(chunks.get(0)).path("messageId").asText();
            assertThat(types(chunks))
                    .containsExactly(
                            "start",
                            "start-step",
                            "tool-input-start",
                            "tool-input-delta",
                            "tool-input-available",
                            "finish-step",
                            "finish",
                            "");
            assertThat(DoorScene.json(chunks.get(4)).path("input").path("at").asText())
                    .isEqualTo("sea");
        }
        String answered = USER.formatted("u1", "hello")
                + ",{\"id\":\"a\",\"role\":\"assistant\",\"parts\":[{\"type\":\"step-start\"},"
                + "{\"type\":\"tool-weather\",\"toolCallId\":\"c1\",\"state\":\"output-available\","
                + "\"input\":{\"at\":\"sea\"},\"output\":\"rain\"}]}";
        try (var events = send(body(answered, TOOLS))) {
            running();
            String start = String.valueOf(events.next());
            assertThat(DoorScene.json(start).path("messageId").asText()).isEqualTo(messageId);
            assertThat(type(String.valueOf(events.next()))).isEqualTo("start-step");
            scene.say(chat, "take a");
            try (var again = resume("")) {
                List<String> chunks = new java.util.ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    chunks.add(String.valueOf(again.next()));
                }
                assertThat(types(chunks))
                        .containsExactly(
                                "start",
                                "start-step",
                                "tool-input-start",
                                "tool-input-delta",
                                "tool-input-available",
                                "finish-step",
                                "tool-output-available",
                                "start-step");
                scene.finish(chat, 1, new Part.Text("take a coat"));
                assertThat(text(again.rest())).isEqualTo("take a coat");
            }
            assertThat(text(events.rest())).isEqualTo("take a coat");
        }
    }

    @Test
    void answersAnewAndChangesWhatWasAsked() {
        answer(hello(""), "one");
        String again = hello("").replace("submit-message", "regenerate-message");
        answer(again, "two");
        assertThat(scene.chats.state(chat).history().messages()).hasSize(2);
        answer(body(USER.formatted("u1", "other"), ""), "three");
        assertThat(scene.chats.state(chat).history().messages().get(0).content())
                .containsExactly(new Part.Text("other"));
        answer(body(USER.formatted("u2", "more"), ""), "four");
        assertThat(scene.chats.state(chat).history().messages()).hasSize(4);
        try (var repeated = send(body(USER.formatted("u2", "more"), ""))) {
            assertThat(text(repeated.rest())).isEqualTo("four");
        }
        assertThat(scene.chats.state(chat).history().messages()).hasSize(4);
    }

    private void answer(String body, String words) {
        try (var events = send(body)) {
            running();
            assertThat(type(String.valueOf(events.next()))).isEqualTo("start");
            scene.finish(chat, 0, new Part.Text(words));
            assertThat(text(events.rest())).isEqualTo(words);
        }
    }

    @Test
    void interruptsWhatStillRunsForTheNextMessage() {
        try (var events = send(hello(""))) {
            running();
            scene.say(chat, "one");
            var next = scene.start("POST", "/api/chat", body(USER.formatted("u2", "stop"), ""));
            var state = scene.await(chat, now -> now.status() == Status.INTERRUPTING);
            scene.chats.execute(
                    chat, new ChatCommand.FinishInterruption(MemoryChats.fence(state), MemoryChats.step("one", 1)));
            List<String> cut = events.rest();
            assertThat(types(cut)).endsWith("text-end", "abort", "");
            running();
            scene.finish(chat, 0, new Part.Text("as you like"));
            assertThat(DoorScene.get(next).response().body().toString()).contains("\"delta\":\" like\"");
        }
    }

    @Test
    void stopsWhenItIsTold() {
        assertThat(scene.post(PATH + "/stop", "{}").body().path("stopped").asBoolean())
                .isFalse();
        scene.ask("/api/chat", hello(""));
        running();
        assertThat(scene.post(PATH + "/stop", "{}").body().path("stopped").asBoolean())
                .isTrue();
        scene.await(chat, state -> state.status() == Status.INTERRUPTING);
    }

    @Test
    void saysWhyTheModelFailed() {
        try (var events = send(hello(""))) {
            running();
            var failure = new Failure("no such key", "", FailureKind.AUTH, "simulated", false, 401);
            scene.chats.execute(chat, new ChatCommand.FailTurn(MemoryChats.fence(scene.chats.state(chat)), failure));
            List<String> chunks = events.rest();
            assertThat(DoorScene.json(chunks.get(2)).path("errorText").asText()).isEqualTo("auth: no such key");
            assertThat(chunks).endsWith("[DONE]");
        }
    }

    @Test
    void beginsWithWhatWasSaidElsewhere() {
        String earlier = USER.formatted("u0", "hi")
                + ",{\"id\":\"a0\",\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"text\":\"hello\"}]},"
                + USER.formatted("u1", "more");
        answer(body(earlier, ",\"model\":\"chat/simulated/default\",\"system\":\"be short\""), "yes");
        try (var repeated = send(body(earlier, ""))) {
            assertThat(text(repeated.rest())).isEqualTo("yes");
        }
        assertThat(scene.chats.state(chat).history().messages()).hasSize(4);
        assertThat(scene.chats.state(chat).origin().systemPrompt()).isEqualTo("be short");
    }

    @Test
    void refusesInAFewWords() {
        Answer empty = scene.post("/api/chat", "{\"id\":\"x\",\"messages\":[]}");
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.body().path("error").asText()).isEqualTo("messages: messages is empty");
        assertThat(scene.call("POST", "/api/chat", hello(""), "Authorization", "Bearer ")
                        .status())
                .isEqualTo(401);
        assertThat(scene.get("/api/chat").status()).isEqualTo(405);
        assertThat(scene.get("/api/chat/x").body().path("code").asText()).isEqualTo("route_not_found");
        assertThat(scene.get(PATH + "/stream?after=x").status()).isEqualTo(400);
    }

    @Test
    void keepsChatsFromOthers() {
        scene.ask("/api/chat", hello(""));
        running();
        String own = "/api/chat/" + chat + "/stream";
        assertThat(scene.call("GET", own, null, "Authorization", "Bearer eve").status())
                .isEqualTo(204);
        assertThat(scene.call("GET", PATH + "/stream", null, "Authorization", "Bearer eve")
                        .status())
                .isEqualTo(204);
        scene.finish(chat, 0, new Part.Text("hi"));
    }
}
