package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.http.ApiScene.Answer;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiTest {
    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void saysAtOnceThatTheDatabaseIsAway() {
        String chat = scene.runningChat();
        scene.readiness.database(false);
        assertThat(scene.post("/chats", "{}").code()).isEqualTo("database_unavailable");
        Answer answer = scene.post("/chats/" + chat + "/messages", "{\"content\":\"x\"}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("database_unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(scene.get("/chats").code()).isEqualTo("database_unavailable");
        assertThat(scene.get("/chats/" + chat).status()).isEqualTo(200);
        scene.readiness.database(true);
        assertThat(scene.post("/chats/" + chat + "/messages", "{\"content\":\"x\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void makesAChat() {
        Answer made = scene.post(
                "/chats",
                "{\"model\":\"large\",\"system_prompt\":\"be brief\",\"labels\":{\"team\":\"core\"},\"message\":{\"content\":\"Hello there\"}}");
        assertThat(made.status()).isEqualTo(201);
        JsonNode chat = made.body();
        assertThat(made.header("Location"))
                .isEqualTo("/api/v1/chats/" + chat.path("id").asText());
        assertThat(chat.path("status").asText()).isEqualTo("running");
        assertThat(chat.path("model").asText()).isEqualTo("simulated/large");
        assertThat(chat.path("title").asText()).isEqualTo("Hello there");
        assertThat(chat.path("labels").path("team").asText()).isEqualTo("core");
        assertThat(scene.get("/chats/" + chat.path("id").asText()).body()).isEqualTo(chat);
    }

    @Test
    void makesOneChatHoweverOftenItIsAskedWithOneKey() {
        Answer first = scene.call("POST", "/chats", "{\"title\":\"one\"}", "Idempotency-Key", "k1");
        Answer again = scene.call("POST", "/chats", "{\"title\":\"two\"}", "Idempotency-Key", "k1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        Answer other = scene.call("POST", "/chats", "{}", "Idempotency-Key", "k1", "X-Owner", "ada");
        assertThat(other.body().path("id")).isNotEqualTo(first.body().path("id"));
    }

    @Test
    void takesAMessageOnceHoweverOftenItIsSent() {
        String chat = scene.chat();
        String messages = "/chats/" + chat + "/messages";
        Answer first = scene.call("POST", messages, "{\"content\":\"hi\"}", "Idempotency-Key", "k1");
        Answer again = scene.post(messages, "{\"content\":\"hi\",\"client_message_id\":\"k1\"}");
        assertThat(first.body().path("message").path("client_message_id").asText())
                .isEqualTo("k1");
        assertThat(first.body().path("queued").asBoolean()).isFalse();
        assertThat(again.body().path("message")).isEqualTo(first.body().path("message"));
        assertThat(scene.get(messages).body().path("messages")).hasSize(1);
    }

    @Test
    void queuesPromotesAndDeletes() {
        String chat = scene.runningChat();
        Answer queued =
                scene.post("/chats/" + chat + "/messages", "{\"content\":[{\"type\":\"text\",\"text\":\"next\"}]}");
        assertThat(queued.body().path("queued").asBoolean()).isTrue();
        String id = queued.body().path("queued_message").path("id").asText();
        assertThat(scene.get("/chats/" + chat + "/messages")
                        .body()
                        .path("queued_messages")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo(id);
        assertThat(scene.post("/chats/" + chat + "/queue/" + id + "/promote", "{}")
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("interrupting");
        Answer deleted = scene.call("DELETE", "/chats/" + chat + "/queue/" + id, null);
        assertThat(deleted.body().path("queued_messages").asInt()).isZero();
        assertThat(scene.call("DELETE", "/chats/" + chat + "/queue/" + id, null).code())
                .isEqualTo("transition_not_allowed");
    }

    @Test
    void saysWhatBecameOfAMessageThatHasLeftTheQueue() {
        String chat = scene.runningChat();
        String body = "{\"content\":\"next\",\"client_message_id\":\"c2\"}";
        scene.post("/chats/" + chat + "/messages", body);
        scene.finish(chat, "done");
        Answer again = scene.post("/chats/" + chat + "/messages", body);
        assertThat(again.body().path("queued").asBoolean()).isFalse();
        assertThat(again.body()
                        .path("message")
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("next");
    }

    @Test
    void editsAMessage() {
        String chat = scene.runningChat();
        scene.finish(chat, "done");
        Answer edited = scene.patch("/chats/" + chat + "/messages/m1", "{\"content\":\"better\"}");
        assertThat(edited.body()
                        .path("message")
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("better");
        assertThat(scene.patch("/chats/" + chat + "/messages/m1", "{\"content\":\"again\"}")
                        .code())
                .isEqualTo("message_not_found");
    }

    @Test
    void changesAChatAsAWholeOrNotAtAll() {
        String chat = scene.chat();
        Answer changed = scene.patch(
                "/chats/" + chat, "{\"title\":\"New\",\"labels\":{\"a\":\"b\"},\"pinned\":true,\"archived\":true}");
        assertThat(changed.body().path("title").asText()).isEqualTo("New");
        assertThat(changed.body().path("archived").asBoolean()).isTrue();
        assertThat(scene.patch("/chats/" + chat, "{\"archived\":true}").status())
                .isEqualTo(200);
        assertThat(scene.post("/chats/" + chat + "/messages", "{\"content\":\"hi\"}")
                        .code())
                .isEqualTo("chat_archived");

        String busy = scene.runningChat();
        long version = scene.state(busy).version();
        assertThat(scene.patch("/chats/" + busy, "{\"title\":\"New\",\"archived\":true}")
                        .code())
                .isEqualTo("transition_not_allowed");
        assertThat(scene.state(busy).version()).isEqualTo(version);
    }

    @Test
    void handsOutMessagesPageByPage() {
        String chat = scene.runningChat();
        for (int i = 0; i < 4; i++) {
            scene.finish(chat, "answer " + i);
            scene.post("/chats/" + chat + "/messages", "{\"content\":\"question\"}");
        }
        List<String> all = walk("/chats/" + chat + "/messages?limit=2");
        assertThat(all).hasSize(9).first().isEqualTo("m1");
        List<String> backwards = walk("/chats/" + chat + "/messages?limit=4&order=desc");
        assertThat(backwards).hasSize(9).last().isEqualTo("m1");
    }

    private List<String> walk(String path) {
        var ids = new ArrayList<String>();
        String cursor = "";
        do {
            JsonNode page = scene.get(path + cursor).body();
            page.path("messages").forEach(message -> ids.add(message.path("id").asText()));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    @Test
    void takesWhatClientSideToolsGave() {
        String chat = scene.runningChat();
        var call = new Step(Role.ASSISTANT, List.of(new Part.ToolCall("c1", "look", "{\"at\":1}")), null, 0);
        scene.execute(
                chat,
                new ChatCommand.RequireAction(
                        MemoryChats.fence(scene.state(chat)), call, MemoryChats.NOW.plusSeconds(60)));
        JsonNode waiting = scene.get("/chats/" + chat).body();
        assertThat(waiting.path("action_required")
                        .path("tool_calls")
                        .path(0)
                        .path("arguments")
                        .asText())
                .isEqualTo("{\"at\":1}");
        assertThat(scene.post("/chats/" + chat + "/tool-results", "{\"results\":[]}")
                        .code())
                .isEqualTo("tool_results_mismatch");
        Answer handedIn = scene.post(
                "/chats/" + chat + "/tool-results", "{\"results\":[{\"call_id\":\"c1\",\"output\":{\"seen\":[1,2]}}]}");
        assertThat(handedIn.body().path("status").asText()).isEqualTo("running");
        JsonNode result = scene.get("/chats/" + chat + "/messages")
                .body()
                .path("messages")
                .path(2)
                .path("content")
                .path(0);
        assertThat(result.path("output").path("seen").path(1).asInt()).isEqualTo(2);
        assertThat(result.path("is_error").asBoolean(true)).isFalse();
    }

    @Test
    void showsAChatToNobodyElse() {
        String chat = scene.chat();
        Answer stranger = scene.call("GET", "/chats/" + chat, null, "X-Owner", "mallory");
        Answer nothing = scene.get("/chats/00000000-0000-0000-0000-000000000099");
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(stranger.code()).isEqualTo(nothing.code()).isEqualTo("chat_not_found");
        assertThat(scene.call("POST", "/chats/" + chat + "/messages", "{\"content\":\"hi\"}", "X-Owner", "mallory")
                        .status())
                .isEqualTo(404);
        assertThat(scene.state(chat).history().messages()).isEmpty();
    }

    @Test
    void listsTheCallersChats() {
        String chat = scene.chat();
        scene.list.write(scene.state(chat));
        JsonNode page = scene.get("/chats?label=a:b&limit=10&archived=false").body();
        assertThat(page.path("chats").path(0).path("id").asText()).isEqualTo(chat);
        assertThat(page.path("watch_cursor").asText()).isEqualTo("1");
        assertThat(scene.call("GET", "/chats", null, "X-Owner", "ada").body().path("chats"))
                .isEmpty();
        assertThat(scene.get("/chats?status=error").body().path("chats")).isEmpty();
    }

    @Test
    void saysWhyAChatIsWhereItIs() {
        String chat = scene.runningChat();
        scene.post("/chats/" + chat + "/messages", "{\"content\":\"next\"}");
        JsonNode diagnosis = scene.get("/chats/" + chat + "/diagnosis").body();
        assertThat(diagnosis.path("state").asText()).isEqualTo("R1");
        assertThat(diagnosis.path("runner").path("epoch").asInt()).isEqualTo(1);
        assertThat(diagnosis.path("explanation"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "A turn is under way: attempt 1 at step 1.",
                        "This node holds it (epoch 1): streams the answer.",
                        "One message waits in the queue.");
    }

    @Test
    void refusesNewWorkWhileItLeaves() {
        String chat = scene.chat();
        assertThat(scene.get("/health/ready").status()).isEqualTo(200);
        scene.readiness.drain();
        assertThat(scene.get("/health/ready").code()).isEqualTo("shutting_down");
        assertThat(scene.get("/health/live").status()).isEqualTo(200);
        Answer refused = scene.post("/chats", "{}");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(scene.post("/chats/" + chat + "/messages", "{\"content\":\"hi\"}")
                        .status())
                .isEqualTo(503);
        assertThat(scene.get("/chats/" + chat).status()).isEqualTo(200);
    }

    @Test
    void isNotReadyWithoutItsDatabase() {
        scene.readiness.database(false);
        assertThat(scene.get("/health/ready").code()).isEqualTo("database_unavailable");
        scene.readiness.database(true);
        assertThat(scene.get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void givesUpOnAChatThatDoesNotAnswer() {
        String chat = scene.chat();
        scene.chats.silent(true);
        Answer late = scene.post("/chats/" + chat + "/messages", "{\"content\":\"hi\"}");
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.code()).isEqualTo("timed_out");
        assertThat(late.header("Retry-After")).isEqualTo("1");
    }
}
