package dev.baton.gateway.bridge.anthropic;

import static dev.baton.gateway.bridge.Conversations.assistant;
import static dev.baton.gateway.bridge.Conversations.message;
import static dev.baton.gateway.bridge.Conversations.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.bridge.Conversations;
import dev.baton.gateway.bridge.provider.Json;
import dev.baton.gateway.bridge.provider.ModelOptions;
import dev.baton.gateway.bridge.provider.ModelOptions.Thinking;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.runner.model.GoingOn;
import dev.baton.runner.model.ModelRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesRequestTest {
    private static final ModelOptions THINKING =
            new ModelOptions(4096, null, new Thinking(true, 2048), /* cache= */ true, /* kept= */ false);
    private static final Part THOUGHT = new Part.Reasoning("hm", "anthropic:EqQ+/=");

    @Test
    void writesAWholeConversation() throws Exception {
        var request = offeringTheClock(
                "be kind",
                Conversations.asking(
                        "x",
                        user("hi"),
                        message(
                                Role.ASSISTANT,
                                THOUGHT,
                                new Part.Reasoning("", "anthropic-redacted:x/y=="),
                                new Part.Reasoning("of somebody else", "openai:rs_1:abc"),
                                new Part.Text("let me look"),
                                new Part.ToolCall("c1", "clock", "{\"zone\":\"UTC\"}")),
                        message(Role.TOOL, new Part.ToolResult("c1", "\"noon\"", false)),
                        user("and?")));

        assertThat(json(request, THINKING)).isEqualTo(Json.MAPPER.readTree("""
                {"model":"claude","max_tokens":4096,
                 "system":[{"type":"text","text":"be kind","cache_control":{"type":"ephemeral"}}],
                 "messages":[
                  {"role":"user","content":[{"type":"text","text":"hi"}]},
                  {"role":"assistant","content":[
                    {"type":"thinking","thinking":"hm","signature":"EqQ+/="},
                    {"type":"redacted_thinking","data":"x/y=="},
                    {"type":"text","text":"let me look"},
                    {"type":"tool_use","id":"c1","name":"clock","input":{"zone":"UTC"}}]},
                  {"role":"user","content":[
                    {"type":"tool_result","tool_use_id":"c1","content":"noon"},
                    {"type":"text","text":"and?","cache_control":{"type":"ephemeral"}}]}],
                 "tools":[{"name":"clock","description":"tells the time","input_schema":{"type":"object"},
                   "cache_control":{"type":"ephemeral"}}],
                 "thinking":{"type":"enabled","budget_tokens":2048},
                 "stream":true}
                """));
    }

    @Test
    void leavesThoughtsOutWhereTheModelDoesNotThink() {
        var request =
                Conversations.asking("x", user("hi"), message(Role.ASSISTANT, THOUGHT, new Part.Text("a")), user("b"));
        assertThat(json(request, ModelOptions.NONE).toString()).doesNotContain("thinking");
    }

    @Test
    void doesNotThinkInAnAnswerThatBeganWithoutAThought() {
        var call = message(Role.ASSISTANT, new Part.ToolCall("c1", "clock", "{}"));
        var result = message(Role.TOOL, new Part.ToolResult("c1", "1", true));
        assertThat(json(Conversations.asking("x", user("hi"), call, result), THINKING)
                        .has("thinking"))
                .isFalse();
        var thoughtful = message(Role.ASSISTANT, THOUGHT, new Part.ToolCall("c1", "clock", "{}"));
        assertThat(json(Conversations.asking("x", user("hi"), thoughtful, result), THINKING)
                        .has("thinking"))
                .isTrue();
    }

    @Test
    void sendsABeginningWithoutTheSpaceAtItsEnd() throws Exception {
        var request = Conversations.asking("x", "hi")
                .goingOn(new GoingOn.FromPrefix(
                        List.of(new Part.Reasoning("hm", null), new Part.Text("It is"), new Part.Text(" \n"))));
        assertThat(json(request, ModelOptions.NONE).path("messages")).isEqualTo(Json.MAPPER.readTree("""
                [{"role":"user","content":[{"type":"text","text":"hi"}]},
                 {"role":"assistant","content":[{"type":"text","text":"It is"}]}]
                """));
        assertThat(writer(request, ModelOptions.NONE).spaceCutFromPrefix()).isEqualTo(" \n");
    }

    @Test
    void leavesOutWhatWouldBeRefused() throws Exception {
        var request = Conversations.asking(
                "x",
                message(Role.SYSTEM, new Part.Text("a summary")),
                user("one"),
                assistant(" "),
                message(Role.ASSISTANT, new Part.Reasoning("never signed", null)),
                user("two"));
        var body = json(request, ModelOptions.NONE);
        assertThat(body.path("messages")).isEqualTo(Json.MAPPER.readTree("""
                [{"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}]
                """));
        assertThat(body.path("system").path(0).path("text").asText()).isEqualTo("a summary");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(MessagesRequest.DEFAULT_MAX_OUTPUT);
    }

    private static ModelRequest offeringTheClock(String systemPrompt, ModelRequest plain) {
        return new ModelRequest(
                plain.chat(),
                plain.owner(),
                plain.model(),
                systemPrompt,
                plain.history(),
                List.of(Conversations.CLOCK));
    }

    private static ObjectNode json(ModelRequest request, ModelOptions options) {
        return writer(request, options).json();
    }

    private static MessagesRequest writer(ModelRequest request, ModelOptions options) {
        return new MessagesRequest(new ProviderCall("claude", options, Optional.empty(), request));
    }
}
