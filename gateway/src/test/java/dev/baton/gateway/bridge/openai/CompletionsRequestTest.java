package dev.baton.gateway.bridge.openai;

import static dev.baton.gateway.bridge.Conversations.assistant;
import static dev.baton.gateway.bridge.Conversations.message;
import static dev.baton.gateway.bridge.Conversations.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.bridge.Conversations;
import dev.baton.gateway.bridge.provider.Json;
import dev.baton.gateway.bridge.provider.ModelOptions;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.runner.model.GoingOn;
import dev.baton.runner.model.ModelRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsRequestTest {

    @Test
    void writesAWholeConversation() throws Exception {
        var plain = Conversations.asking(
                "x",
                user("hi"),
                message(
                        Role.ASSISTANT,
                        new Part.Reasoning("thinking", null),
                        new Part.Text("let me "),
                        new Part.Text("look"),
                        new Part.ToolCall("c1", "clock", "{\"zone\":\"UTC\"}")),
                message(Role.TOOL, new Part.ToolResult("c1", "\"noon\"", false)),
                message(Role.ASSISTANT, new Part.Reasoning("nothing said", null)),
                user("and?"),
                assistant("It is"));
        var request = new ModelRequest(
                plain.chat(), plain.owner(), plain.model(), "be kind", plain.history(), List.of(Conversations.CLOCK));

        assertThat(json(request, ContinueWith.PLAIN)).isEqualTo(Json.MAPPER.readTree("""
                                {"model":"gpt","messages":[
                                  {"role":"system","content":"be kind"},
                                  {"role":"user","content":"hi"},
                                  {"role":"assistant","content":"let me look","tool_calls":[
                                    {"id":"c1","type":"function",
                                     "function":{"name":"clock","arguments":"{\\"zone\\":\\"UTC\\"}"}}]},
                                  {"role":"tool","tool_call_id":"c1","content":"noon"},
                                  {"role":"user","content":"and?"},
                                  {"role":"assistant","content":"It is"}],
                                 "tools":[{"type":"function","function":
                                   {"name":"clock","description":"tells the time","parameters":{"type":"object"}}}],
                                 "stream":true,"stream_options":{"include_usage":true}}
                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PLAIN|{}|{}",
                "VLLM|{\"continue_final_message\":true,\"add_generation_prompt\":false}|{}",
                "MISTRAL|{}|{\"prefix\":true}",
                "DEEPSEEK|{}|{\"prefix\":true}",
            })
    void marksTheBeginningAsTheServerWantsIt(ContinueWith way, String ofBody, String ofMessage) throws Exception {
        var asking = Conversations.asking("x", user("hi"), assistant("yes"), user("and?"));
        var goingOn = asking.goingOn(new GoingOn.FromPrefix(List.of(new Part.Text("It is"))));
        var expected = json(asking, way);
        expected.setAll((ObjectNode) Json.MAPPER.readTree(ofBody));
        expected.withArray("messages")
                .addObject()
                .put("role", "assistant")
                .put("content", "It is")
                .setAll((ObjectNode) Json.MAPPER.readTree(ofMessage));

        assertThat(json(goingOn, way)).isEqualTo(expected);
        assertThat(json(asking, way)).isEqualTo(json(asking, ContinueWith.PLAIN));
    }

    @Test
    void refusesAToolWhoseSchemaIsNone() {
        var request = Conversations.offering(new ClientTool("f", "", "nonsense"), Conversations.asking("x", "hi"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json(request, ContinueWith.PLAIN))
                .withMessage("the input schema of tool f must be a JSON object");
    }

    private static ObjectNode json(ModelRequest request, ContinueWith way) {
        return CompletionsRequest.json(new ProviderCall("gpt", ModelOptions.NONE, Optional.empty(), request), way);
    }
}
