package dev.baton.gateway.bridge.responses;

import static dev.baton.gateway.bridge.Conversations.message;
import static dev.baton.gateway.bridge.Conversations.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.Conversations;
import dev.baton.gateway.bridge.provider.Json;
import dev.baton.gateway.bridge.provider.ModelOptions;
import dev.baton.gateway.bridge.provider.ModelOptions.Thinking;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.runner.model.ModelRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponsesRequestTest {

    @Test
    void writesAWholeConversation() throws Exception {
        var plain = Conversations.asking(
                "x",
                user("hi"),
                message(
                        Role.ASSISTANT,
                        new Part.Reasoning("hm", "openai:rs_1:gAA="),
                        new Part.Reasoning("of somebody else", "anthropic:abc"),
                        new Part.Text("let me look"),
                        new Part.ToolCall("c1", "clock", "{\"zone\":\"UTC\"}"),
                        new Part.Reasoning("led to nothing", "openai:rs_2:gAB=")),
                message(Role.TOOL, new Part.ToolResult("c1", "\"noon\"", false)),
                user("and?"));
        var request = new ModelRequest(
                plain.chat(), plain.owner(), plain.model(), "be kind", plain.history(), List.of(Conversations.CLOCK));
        var options = new ModelOptions(100, "low", Thinking.ADAPTIVE, false, /* kept= */ true);

        assertThat(json(request, options)).isEqualTo(Json.MAPPER.readTree("""
                {"model":"gpt","instructions":"be kind","input":[
                  {"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]},
                  {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],
                   "encrypted_content":"gAA="},
                  {"type":"message","role":"assistant","content":[{"type":"output_text","text":"let me look"}]},
                  {"type":"function_call","call_id":"c1","name":"clock","arguments":"{\\"zone\\":\\"UTC\\"}"},
                  {"type":"function_call_output","call_id":"c1","output":"noon"},
                  {"type":"message","role":"user","content":[{"type":"input_text","text":"and?"}]}],
                 "tools":[{"type":"function","name":"clock","description":"tells the time","strict":false,
                   "parameters":{"type":"object"}}],
                 "max_output_tokens":100,
                 "reasoning":{"effort":"low","summary":"auto"},
                 "include":["reasoning.encrypted_content"],
                 "store":true,"background":true,"stream":true}
                """));
    }

    @Test
    void leavesNothingAtAProviderThatIsNotToKeepTheAnswer() {
        JsonNode body = json(Conversations.asking("x", "hi"), ModelOptions.NONE);
        assertThat(body.path("store").asBoolean(true)).isFalse();
        assertThat(body.has("background")).isFalse();
        assertThat(body.has("reasoning")).isFalse();
    }

    private static JsonNode json(ModelRequest request, ModelOptions options) {
        return ResponsesRequest.json(new ProviderCall("gpt", options, Optional.empty(), request));
    }
}
