package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.http.ApiScene.Answer;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Fence;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Step;
import dev.baton.persistence.chat.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds openapi.json to what the API does. */
class OpenApiTest {
    private final ApiScene scene = new ApiScene();
    private final JsonNode document = scene.get("/openapi.json").body();
    private final JsonSchemas schemas = new JsonSchemas(document);

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void describesEveryRouteAndNoOther() {
        Set<String> described = new HashSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Set<String> implemented = new HashSet<>();
        scene.api
                .endpoints()
                .forEach(endpoint -> implemented.add(
                        endpoint.method().name() + " " + endpoint.path().text()));
        assertThat(described).isEqualTo(implemented);
    }

    @Test
    void namesNothingThatIsNotThere() {
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(schemas.resolved(reference.asText()).isObject()).isTrue();
        }
        var ids = document.findValuesAsText("operationId");
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void describesEveryAnswerOfATour() {
        tour();
        var seen = new HashSet<String>();
        for (Answer answer : scene.answers) {
            JsonNode operation = operation(answer, seen);
            String status = Integer.toString(answer.status());
            boolean refused = answer.status() >= 400;
            JsonNode response = operation.path("responses").path(refused ? "default" : status);
            JsonNode content = response.path("content").path(answer.header("Content-Type"));
            assertThat(content.has("schema")).as("%s", answer).isTrue();
            assertThat(schemas.problems(content.path("schema"), answer.body()))
                    .as("%s", answer)
                    .isEmpty();
        }
        assertThat(seen).hasSize(scene.api.endpoints().size() - 2);
    }

    private JsonNode operation(Answer answer, Set<String> seen) {
        String path = answer.path().replaceAll("\\?.*", "");
        List<String> segments = PathTemplate.of(path).segments();
        Endpoint endpoint = scene.api.endpoints().stream()
                .filter(each -> each.method().name().equals(answer.method()))
                .filter(each -> each.path().match(segments).isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer));
        seen.add(endpoint.method().name() + endpoint.path().text());
        return document.path("paths")
                .path(endpoint.path().text())
                .path(answer.method().toLowerCase(Locale.ROOT));
    }

    @Test
    void describesEveryEventOfAStream() throws Exception {
        String chat = tour();
        var types = new HashSet<String>();
        try (var events = new EventStream(scene, "/chats/" + chat + "/stream?after=0")) {
            JsonNode event;
            do {
                event = events.next();
                types.add(event.path("type").asText());
                assertThat(schemas.problems(resolved("StreamEvent"), event)).isEmpty();
                if (event.path("status").asText().equals("error")) {
                    scene.sockets.drain(Duration.ofSeconds(10));
                }
            } while (!event.path("type").asText().equals("reconnect"));
        }
        assertThat(types)
                .containsExactlyInAnyOrder(
                        "message",
                        "status",
                        "queue_update",
                        "action_required",
                        "retry",
                        "error",
                        "preview_reset",
                        "history_reset",
                        "reconnect");
    }

    private JsonNode resolved(String schema) {
        return schemas.resolved("#/components/schemas/" + schema);
    }

    @Test
    void knowsEveryKindOfFailure() {
        var kinds = new ArrayList<String>();
        resolved("Failure").path("properties").path("kind").path("enum").forEach(kind -> kinds.add(kind.asText()));
        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FailureKind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void saysWhoMayAskForWhat() {
        for (Endpoint endpoint : scene.api.endpoints()) {
            JsonNode security = document.path("paths")
                    .path(endpoint.path().text())
                    .path(endpoint.method().name().toLowerCase(Locale.ROOT))
                    .path("security");
            String expected = switch (endpoint.access()) {
                case EVERYBODY -> "[]";
                case USERS -> "";
                case OPERATORS -> "[{\"token\":[\"operator\"]},{\"api_key\":[\"operator\"]}]";
            };
            assertThat(security).as(endpoint.path().text()).hasToString(expected);
        }
    }

    @Test
    void everyErrorHasAStatus() {
        assertThat(ErrorCode.values())
                .allSatisfy(code -> assertThat(Problems.status(code)).isBetween(400, 599));
    }

    /** Everything that can be done, with all that can be in an answer; returns the chat that has seen the most. */
    private String tour() {
        String chat = scene.post(
                        "/chats",
                        "{\"title\":\"t\",\"labels\":{\"a\":\"b\"},\"system_prompt\":\"s\",\"message\":{\"content\":\"hi\"}}")
                .body()
                .path("id")
                .asText();
        String chats = "/chats/" + chat;
        var failure = new Failure("busy", "all of them", FailureKind.OVERLOADED, "simulated", true, 529);
        scene.execute(chat, new ChatCommand.ScheduleRetry(fence(chat), failure, Duration.ofSeconds(1)));
        scene.get(chats);
        scene.get(chats + "/diagnosis");
        scene.execute(chat, new ChatCommand.StartAttempt(fence(chat), 1));
        scene.post(chats + "/messages", "{\"content\":\"later\",\"client_message_id\":\"c\",\"model\":\"large\"}");
        scene.post(chats + "/messages", "{\"content\":\"later still\"}");
        scene.get(chats + "/messages?limit=1");
        scene.call("DELETE", chats + "/queue/q3", null);
        var call = new Step(
                Role.ASSISTANT,
                List.of(new Part.Reasoning("hm", "sig"), new Part.Text("so"), new Part.ToolCall("c1", "look", "{}")),
                new Usage(1, 2, 3, 4),
                0);
        scene.execute(chat, new ChatCommand.RequireAction(fence(chat), call, MemoryChats.NOW.plusSeconds(60)));
        scene.get(chats);
        scene.get(chats + "/diagnosis");
        scene.post(chats + "/tool-results", "{\"results\":[{\"call_id\":\"c1\",\"output\":\"seen\"}]}");
        scene.post(chats + "/queue/q2/promote", null);
        scene.execute(chat, new ChatCommand.FinishInterruption(fence(chat), MemoryChats.step("half", 0)));
        scene.post(chats + "/messages", "{\"content\":\"later\",\"client_message_id\":\"c\"}");
        scene.post(chats + "/interrupt", null);
        scene.get(chats + "/messages");
        scene.patch(chats + "/messages/" + new MessageId(1), "{\"content\":\"better\"}");
        scene.post(chats + "/messages", "{\"content\":\"later\",\"client_message_id\":\"c\"}");
        scene.execute(chat, new ChatCommand.FailTurn(fence(chat), failure));
        scene.get(chats);
        scene.get(chats + "/diagnosis");
        scene.post(chats + "/reconcile", null);
        scene.list.write(scene.state(chat));
        scene.get("/chats?q=hi");
        scene.get("/models");
        scene.get("/cluster");
        scene.get("/cluster/takeovers?limit=2");
        scene.get("/providers");
        scene.post("/providers/reload", null);
        scene.get("/usage?group_by=day");
        scene.call("PUT", "/budgets/group/g", "{\"window\":\"day\",\"cost_limit\":\"1\",\"members\":[\"ada\"]}");
        scene.call("PUT", "/budgets/owner/ada", "{\"window\":\"day\",\"token_limit\":1}");
        scene.get("/budgets");
        scene.get("/budgets/owner/ada");
        scene.call("DELETE", "/budgets/owner/ada", null);
        scene.get(chats + "/usage");
        scene.get("/audit?limit=2");
        scene.get("/audit/" + OneCall.ID);
        scene.post("/cluster/leave", null);
        scene.post("/cluster/leave", "{\"node\":\"nobody\"}");
        String token = scene.post("/tokens", "{\"name\":\"t\",\"role\":\"user\",\"expires_in\":\"1d\"}")
                .body()
                .path("id")
                .asText();
        scene.post("/tokens", "{\"name\":\"u\",\"role\":\"operator\"}");
        scene.call("DELETE", "/tokens/" + token, null);
        scene.get("/tokens?limit=1");
        scene.get("/health/live");
        scene.get("/health/ready");
        String other = scene.runningChat();
        scene.finish(other, "done");
        scene.post("/chats/" + other + "/clear", null);
        scene.post("/chats/" + other + "/messages", "{\"content\":\"x\",\"busy\":\"reject\"}");
        scene.finish(other, "done");
        scene.post("/chats/" + other + "/compact", null);
        scene.finish(other, "done");
        scene.patch("/chats/" + other, "{\"archived\":true}");
        scene.get("/chats/" + other + "/diagnosis");
        return chat;
    }

    private Fence fence(String chat) {
        return MemoryChats.fence(scene.state(chat));
    }
}
