package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.node.DoorScene.Answer;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Ending;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Status;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResponsesOverHttpTest {
    private static final String ASK = "{\"model\":\"chat/simulated/default\",\"input\":\"hello\"%s}";

    private final DoorScene scene = new DoorScene();
    private final ChatId chat = scene.chat(1);

    @AfterEach
    void stop() {
        scene.close();
    }

    private static String ask(String more) {
        return ASK.formatted(more.isEmpty() ? "" : "," + more);
    }

    @Test
    void answersWhenTheTurnIsOver() {
        var answering = scene.start("POST", "/v1/responses", ask("\"temperature\":1,\"metadata\":{\"a\":\"b\"}"));
        scene.await(chat, state -> state.status() == Status.RUNNING);
        scene.finish(chat, 0, new Part.Text("hi there"));

        Answer answer = DoorScene.get(answering);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-baton-ignored")).isEqualTo("temperature");
        assertThat(answer.body().path("status").asText()).isEqualTo("completed");
        assertThat(answer.body().path("metadata").path("a").asText()).isEqualTo("b");
        assertThat(text(answer.body())).isEqualTo("hi there");
        assertThat(scene.get("/v1/responses/" + answer.body().path("id").asText())
                        .body())
                .isEqualTo(answer.body());
    }

    @Test
    void streamsAndGoesOnBehindAnyEvent() {
        List<String> all;
        try (var events = scene.stream("POST", "/v1/responses", ask("\"stream\":true"))) {
            scene.await(chat, state -> state.status() == Status.RUNNING);
            scene.say(chat, "one ", "two ", "three");
            String id = DoorScene.json(Objects.requireNonNull(events.next()))
                    .path("response")
                    .path("id")
                    .asText();
            assertThat(type(Objects.requireNonNull(events.next()))).isEqualTo("response.in_progress");
            try (var early = scene.stream("GET", "/v1/responses/" + id + "?stream=true&starting_after=4", null)) {
                assertThat(DoorScene.json(Objects.requireNonNull(early.next()))
                                .path("delta")
                                .asText())
                        .isEqualTo(" two");
                scene.finish(chat, 3, new Part.Text("one two three"));
                assertThat(early.rest()).endsWith("[DONE]");
            }
            events.rest();
            try (var again = scene.stream("GET", "/v1/responses/" + id + "?stream=true", null)) {
                all = again.rest();
            }
            assertThat(type(all.get(all.size() - 2))).isEqualTo("response.completed");
            for (int i = 0; i < all.size() - 1; i++) {
                String path = "/v1/responses/" + id + "?stream=true&starting_after=" + i;
                try (var rest = scene.stream("GET", path, null)) {
                    assertThat(rest.rest()).isEqualTo(all.subList(i + 1, all.size()));
                }
            }
        }
    }

    @Test
    void goesOnWithToolResultsAndWithTheNextMessage() {
        var asking = scene.start(
                "POST",
                "/v1/responses",
                ask("\"tools\":[{\"type\":\"function\",\"name\":\"weather\",\"parameters\":{}}]"));
        scene.await(chat, state -> state.status() == Status.RUNNING);
        scene.call(chat, new Part.ToolCall("c1", "weather", "{}"));
        JsonNode first = DoorScene.get(asking).body();
        assertThat(first.path("output").path(0).path("call_id").asText()).isEqualTo("c1");

        String results =
                "{\"previous_response_id\":\"%s\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c1\","
                        + "\"output\":\"rain\"}],\"background\":true}";
        JsonNode second = scene.post(
                        "/v1/responses", results.formatted(first.path("id").asText()))
                .body();
        assertThat(second.path("status").asText()).isEqualTo("in_progress");
        assertThat(scene.post(
                                "/v1/responses",
                                results.formatted(first.path("id").asText()))
                        .body()
                        .path("id"))
                .isEqualTo(second.path("id"));
        scene.finish(chat, 0, new Part.Text("take a coat"));
        String path = "/v1/responses/" + second.path("id").asText();
        assertThat(text(scene.get(path).body())).isEqualTo("take a coat");

        JsonNode third = scene.post(
                        "/v1/responses",
                        "{\"conversation\":\"%s\",\"input\":\"and now?\",\"background\":true}"
                                .formatted(
                                        second.path("conversation").path("id").asText()))
                .body();
        assertThat(third.path("status").asText()).isEqualTo("in_progress");
        Answer tooEarly = scene.post(
                "/v1/responses",
                "{\"previous_response_id\":\"%s\",\"input\":\"and this?\"}"
                        .formatted(third.path("id").asText()));
        assertThat(tooEarly.status()).isEqualTo(409);
        assertThat(tooEarly.body().path("error").path("code").asText()).isEqualTo("chat_busy");
    }

    @Test
    void interruptsWhatIsCancelled() {
        JsonNode response =
                scene.post("/v1/responses", ask("\"background\":true")).body();
        var cancelling =
                scene.start("POST", "/v1/responses/" + response.path("id").asText() + "/cancel", null);
        var state = scene.await(chat, now -> now.status() == Status.INTERRUPTING);
        scene.chats.execute(
                chat, new ChatCommand.FinishInterruption(MemoryChats.fence(state), MemoryChats.step("half of", 0)));

        JsonNode cancelled = DoorScene.get(cancelling).body();
        assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
        assertThat(text(cancelled)).isEqualTo("half of");
    }

    @Test
    void endsAsCancelledWhenItsMessageIsEdited() {
        JsonNode response =
                scene.post("/v1/responses", ask("\"background\":true")).body();
        String path = "/v1/responses/" + response.path("id").asText();
        try (var events = scene.stream("GET", path + "?stream=true", null)) {
            scene.say(chat, "one two", " three");
            ChatState state = scene.chats.state(chat);
            var other = new NewMessage(List.of(new Part.Text("something else")), null, null);
            scene.chats.execute(
                    chat,
                    new ChatCommand.EditMessage(
                            state.history().messages().get(0).id(), other));
            List<String> told = events.rest();
            assertThat(type(told.get(told.size() - 2))).isEqualTo("response.incomplete");
            try (var again = scene.stream("GET", path + "?stream=true&starting_after=1", null)) {
                assertThat(again.rest()).isEqualTo(told.subList(told.size() - 2, told.size()));
            }
        }
        JsonNode cancelled = scene.get(path).body();
        assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.path("output")).isEmpty();
        scene.finish(chat, 0, new Part.Text("as you like"));
        assertThat(scene.get(path).body()).isEqualTo(cancelled);
    }

    @Test
    void isIncompleteWhenTheModelMaySayNoMore() {
        JsonNode response =
                scene.post("/v1/responses", ask("\"background\":true")).body();
        scene.finish(chat, Ending.LENGTH, new Part.Text("one two"));
        String path = "/v1/responses/" + response.path("id").asText();
        JsonNode over = scene.get(path).body();
        assertThat(over.path("status").asText()).isEqualTo("incomplete");
        assertThat(over.path("incomplete_details").path("reason").asText()).isEqualTo("max_output_tokens");
        assertThat(text(over)).isEqualTo("one two");
        try (var events = scene.stream("GET", path + "?stream=true", null)) {
            List<String> told = events.rest();
            assertThat(type(told.get(told.size() - 2))).isEqualTo("response.incomplete");
        }
    }

    @Test
    void forgetsWhatIsDeletedOrNotStored() {
        JsonNode response =
                scene.post("/v1/responses", ask("\"background\":true")).body();
        String path = "/v1/responses/" + response.path("id").asText();
        scene.finish(chat, 0, new Part.Text("hi"));
        assertThat(scene.call("DELETE", path, null).body().path("deleted").asBoolean())
                .isTrue();
        assertThat(scene.get(path).status()).isEqualTo(404);

        JsonNode unstored = scene.post("/v1/responses", ask("\"background\":true,\"store\":false"))
                .body();
        assertThat(scene.get("/v1/responses/" + unstored.path("id").asText()).status())
                .isEqualTo(404);
    }

    @Test
    void goesOnWithoutItsClientUnlessItIsNotStored() {
        scene.ask("/v1/responses", ask("\"stream\":true,\"store\":false"));
        assertThat(scene.await(chat, state -> state.status() == Status.INTERRUPTING)
                        .status())
                .isEqualTo(Status.INTERRUPTING);
    }

    @Test
    void keepsChatsFromOthers() {
        JsonNode response =
                scene.post("/v1/responses", ask("\"background\":true")).body();
        String path = "/v1/responses/" + response.path("id").asText();
        assertThat(scene.call("GET", path, null, "Authorization", "Bearer eve").status())
                .isEqualTo(404);
        assertThat(scene.call("GET", path, null, "Authorization", "Bearer ").status())
                .isEqualTo(401);
    }

    @Test
    void keepsConversations() {
        JsonNode made = scene.post(
                        "/v1/conversations",
                        "{\"metadata\":{\"a\":\"b\"},\"items\":[{\"role\":\"user\",\"content\":\"one\"},"
                                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"two\"}]}]}")
                .body();
        String path = "/v1/conversations/" + made.path("id").asText();
        assertThat(scene.get(path).body()).isEqualTo(made);
        JsonNode items = scene.get(path + "/items?order=asc&limit=1").body();
        assertThat(items.path("has_more").asBoolean()).isTrue();
        String after = items.path("last_id").asText();
        assertThat(text(scene.get(path + "/items?order=asc&after=" + after).body(), "data"))
                .isEqualTo("two");
        assertThat(scene.chats.state(chat).status()).isEqualTo(Status.WAITING);
    }

    private static String text(JsonNode response) {
        return text(response, "output");
    }

    private static String text(JsonNode json, String list) {
        return json.path(list).path(0).path("content").path(0).path("text").asText();
    }

    private static String type(String data) {
        return DoorScene.json(data).path("type").asText();
    }
}
