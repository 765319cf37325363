package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.http.ApiScene.Answer;
import dev.baton.gateway.http.LiveClient.Way;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.episode.PartBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamOverHttpTest {
    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void tellsTheSameByEventStreamAndWebSocket() throws Exception {
        String chat = scene.runningChat();
        try (var events = new EventStream(scene, "/chats/" + chat + "/stream?after=0");
                var socket = new Frames(scene, "/chats/" + chat + "/stream?after=0")) {
            say(chat, "one ", "two ", "three\u2028");
            finish(chat, 3);
            List<JsonNode> byEventStream = events.until(
                    status("waiting").and(event -> event.path("id").asText().startsWith("7")));
            List<JsonNode> byWebSocket = socket.until(
                    status("waiting").and(event -> event.path("id").asText().startsWith("7")));
            assertThat(byWebSocket).isEqualTo(byEventStream).hasSize(8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnBehindTheLastEventId(Way way) throws Exception {
        String chat = scene.runningChat();
        finish(chat, 0);
        List<JsonNode> all;
        try (var events = way.open(scene, "/chats/" + chat + "/stream?after=0")) {
            all = events.until(event -> event.path("id").asText().startsWith("7"));
        }
        for (int i = 0; i < all.size() - 1; i++) {
            String cursor = all.get(i).path("id").asText();
            try (var byHeader = way.open(scene, "/chats/" + chat + "/stream?after=0", "Last-Event-ID", cursor);
                    var byAddress = way.open(scene, "/chats/" + chat + "/stream?after=" + cursor)) {
                for (LiveClient client : List.of(byHeader, byAddress)) {
                    assertThat(client.until(event -> event.path("id").asText().startsWith("7")))
                            .isEqualTo(all.subList(i + 1, all.size()));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesCursorsOfTheFutureAndOfOtherChatsBeforeItBegins(Way way) throws Exception {
        String chat = scene.chat();
        String other = scene.chat();
        assertThat(way.refusal(scene, "/chats/" + chat + "/stream?after=99")).isEqualTo(400);
        try (var events = way.open(scene, "/chats/" + other + "/stream?after=0")) {
            String cursor = events.next().path("id").asText();
            assertThat(way.refusal(scene, "/chats/" + chat + "/stream?after=" + cursor))
                    .isEqualTo(400);
            assertThat(scene.get("/chats/" + chat + "/stream?after=" + cursor).code())
                    .isEqualTo("cursor_unknown");
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesNoPageOfAnotherOrigin(Way way) throws Exception {
        String chat = scene.chat();
        for (String path : List.of("/chats/" + chat + "/stream", "/watch")) {
            assertThat(way.refusal(scene, path, "Origin", "http://evil.example"))
                    .isEqualTo(403);
            for (String origin : List.of("http://127.0.0.1:" + scene.port(), "https://app.example.com")) {
                try (var events = way.open(scene, path, "Origin", origin)) {
                    assertThat(events.next().path("type").asText()).isIn("status", "ready");
                }
            }
        }
        Answer refused = scene.call("GET", "/watch", null, "Origin", "http://evil.example");
        assertThat(refused.code()).isEqualTo("origin_not_allowed");
    }

    @ParameterizedTest
    @EnumSource
    void watchesTheListOfChats(Way way) throws Exception {
        String chat = scene.chat();
        try (var events = way.open(scene, "/watch")) {
            assertThat(events.next().path("type").asText()).isEqualTo("ready");
            scene.sockets.rowsWritten(scene.list.write(scene.state(chat)));
            JsonNode event = events.next();
            assertThat(event.path("type").asText()).isEqualTo("chat");
            assertThat(event.path("chat").path("id").asText()).isEqualTo(chat);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsProperlyWhenTheNodeLeaves(Way way) throws Exception {
        String chat = scene.runningChat();
        try (var events = way.open(scene, "/chats/" + chat + "/stream");
                var list = way.open(scene, "/watch")) {
            events.until(status("running"));
            assertThat(ApiScene.get(scene.sockets.count())).isEqualTo(2);
            var drained = scene.sockets.drain(Duration.ofSeconds(10));
            assertThat(events.next().path("type").asText()).isEqualTo("reconnect");
            assertThat(events.endsProperly()).isTrue();
            assertThat(list.until(event -> event.path("type").asText().equals("reconnect")))
                    .isNotEmpty();
            assertThat(list.endsProperly()).isTrue();
            ApiScene.get(drained);
        }
        Answer refused = scene.get("/chats/" + chat + "/stream");
        assertThat(refused.code()).isEqualTo("shutting_down");
    }

    @ParameterizedTest
    @EnumSource
    void sendsItsClientsBackBeforeTheyAreTooOld(Way way) throws Exception {
        var soon = ApiScene.stream(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMillis(100));
        try (var brief = new ApiScene(soon)) {
            String chat = brief.chat();
            for (String path : List.of("/chats/" + chat + "/stream", "/watch")) {
                try (var events = way.open(brief, path)) {
                    List<JsonNode> all =
                            events.until(event -> event.path("type").asText().equals("reconnect"));
                    assertThat(all).hasSize(2);
                    assertThat(all.get(1).path("id")).isEqualTo(all.get(0).path("id"));
                    assertThat(all.get(1).path("delay_ms").asLong()).isEqualTo(100);
                    assertThat(events.endsProperly()).isTrue();
                }
            }
            ApiScene.get(brief.sockets.drain(Duration.ofSeconds(10)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void deliversWhatIsLargerThanAFrame(Way way) throws Exception {
        String chat = scene.runningChat();
        try (var events = way.open(scene, "/chats/" + chat + "/stream")) {
            events.until(status("running"));
            String much = "\uD83D\uDE42x".repeat(50_000);
            for (int i = 1; i <= 12; i++) {
                scene.post("/chats/" + chat + "/messages", "{\"content\":\"" + much + "\"}");
                JsonNode queue = events.next().path("queued_messages");
                assertThat(queue).hasSize(i);
                assertThat(queue.get(i - 1)
                                .path("content")
                                .get(0)
                                .path("text")
                                .asText()
                                .equals(much))
                        .isTrue();
            }
        }
    }

    @Test
    void endsAWebSocketWhoseClientSendsTooMuchAtOnce() throws Exception {
        String chat = scene.chat();
        try (var socket = new Frames(scene, "/chats/" + chat + "/stream")) {
            socket.next();
            socket.say("small talk").join();
            var unused = socket.say("x".repeat(5 << 20));
            assertThat(socket.closeCode()).isPositive();
            ApiScene.get(scene.sockets.drain(Duration.ofSeconds(10)));
        }
    }

    @Test
    void saysSomethingNowAndThen() throws Exception {
        try (var often = new ApiScene(ApiScene.stream(Duration.ofMillis(20), Duration.ofSeconds(60)))) {
            String chat = often.chat();
            try (var events = new EventStream(often, "/chats/" + chat + "/stream")) {
                events.next();
                assertThat(events.line()).isEqualTo(":");
            }
        }
    }

    private void say(String chat, String... words) {
        ChatState state = scene.state(chat);
        var answers = scene.kit.<Object>createTestProbe();
        scene.parts.tell(new PartBuffer.Open(state.episode(), 1, answers.ref().narrow()));
        answers.receiveMessage();
        scene.parts.tell(new PartBuffer.Append(
                state.episode(),
                Stream.of(words).<Part>map(Part.Text::new).toList(),
                null,
                answers.ref().narrow()));
        answers.receiveMessage();
    }

    private void finish(String chat, int lastSeq) {
        ChatState state = scene.state(chat);
        scene.execute(
                chat, new ChatCommand.FinishTurn(MemoryChats.fence(state), MemoryChats.step("all of it", lastSeq)));
    }

    private static Predicate<JsonNode> status(String status) {
        return event -> event.path("status").asText().equals(status);
    }
}
